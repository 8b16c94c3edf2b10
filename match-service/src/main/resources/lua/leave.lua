-- A connection gives its ticket back: for good ("cancel"; a pairing is then undone by the next sweep), or until its user comes back within
-- the lease ("park": out of the line, its place kept). Only the ticket's own connection can.
-- Returns "left", "undo" if a sweep has something to undo, or "other" if the ticket is another connection's.
local user, connection, for_good = ARGV[3], ARGV[4], ARGV[5] == "cancel"
local keep_mark = tonumber(ARGV[6]) -- s: longer than any call of this connection is repeated

local ticket = load(user)
local pairing = ticket.pairing and pairing_of .. ticket.pairing
local open = ticket.state == "reserved" and redis.call("HGET", pairing, "state") == "open"
if ticket.state ~= "absent" and ticket.connection ~= connection then
  if for_good then redis.call("HSET", ticket_of .. user, "left", connection) end
  return "other"
end
if not for_good then
  if ticket.state == "waiting" then
    unlist(ticket, "away")
    redis.call("HSET", ticket_of .. user, "lease", now + lease)
  end
  return "left"
end
unlist(ticket, "gone")
redis.call("HSET", ticket_of .. user, "connection", connection)
redis.call("EXPIRE", ticket_of .. user, keep_mark)
if open then
  redis.call("HSET", pairing, "state", "cancelled")
  redis.call("ZADD", pairings, 0, ticket.pairing)
  redis.call("EXPIRE", pairings, keep)
  return "undo"
end
return "left"
