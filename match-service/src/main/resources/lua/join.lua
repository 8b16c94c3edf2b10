-- Gives a user's place in the line to one connection: a new place at its end, or the place, the pairing or the undelivered match that
-- the user has already; an older connection's replica is told that it was replaced. Older is who asked earlier, whatever is heard first:
-- who asked before the user's last match was delivered gets that match.
-- Returns {"waiting", place, since}, {"reserved", channel}, {"matched", match}, {"replaced"} by one that asked later, or {"gone"} after
-- this very connection left.
local user, connection, replica = ARGV[3], ARGV[4], ARGV[5] -- texts
local interests = ARGV[6] -- tags, comma-separated
local keep_blocks, arrived = tonumber(ARGV[7]), tonumber(ARGV[8]) -- s, ms: when the connection asked

local old = load(user)
local match = match_for(old, arrived)
local reserved = old.state == "reserved" and redis.call("HGET", pairing_of .. old.pairing, "state") == "open"
if has_left(old, connection) then
  return {"gone"}
end
if is_newer(old, connection, arrived) then
  return {"replaced"}
end
local is_ticket = old.state == "waiting" or old.state == "reserved" or old.state == "away"
local counts = is_ticket and old.live
local ticket = {
  user = user,
  tags = interests,
  place = counts and tonumber(old.place) or end_of_line,
  since = counts and tonumber(old.since) or now,
}

take_over(old, connection)
if is_ticket then
  unlist(old, old.state)
end
redis.call("HSET", ticket_of .. user, "connection", connection, "replica", replica, "lease", now + lease,
  "arrived", arrived, "place", ticket.place, "since", ticket.since, "tags", interests)
redis.call("EXPIRE", ticket_of .. user, keep)
redis.call("EXPIRE", blocked_of .. user, keep_blocks)
if match then
  redis.call("HSET", ticket_of .. user, "state", "matched")
  return {"matched", match}
end
if reserved then
  return {"reserved", old.pairing}
end
list(ticket)
return {"waiting", ticket.place, ticket.since}
