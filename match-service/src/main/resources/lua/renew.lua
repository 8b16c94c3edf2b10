-- Renews the leases of some tickets, each for its user's newest connection. One that Redis lost is restored at its old place; one that is
-- reserved for a pairing that is no more, or that was away and has answered since, is back in the line.
-- Returns for each ticket {state, place, since, position, what}; what is its channel or its match.
local replica, keep_blocks = ARGV[3], tonumber(ARGV[4]) -- text, s
local answers = {}

local function restored(user, place, since)
  return {
    state = "back", user = user, place = tonumber(place) > 0 and tonumber(place) or end_of_line,
    since = tonumber(since) > 0 and tonumber(since) or now,
  }
end

for i = 5, #ARGV, 7 do
  local user, connection, answered, interests = ARGV[i], ARGV[i + 1], ARGV[i + 2] == "1", ARGV[i + 3]
  local arrived, ticket = tonumber(ARGV[i + 6]), load(user)
  local match = match_for(ticket, arrived)
  local pairing = ticket.state == "reserved" and redis.call("HGET", pairing_of .. ticket.pairing, "state")
  local state = ticket.state
  local is_over = state == "absent" or state == "gone" or (state == "matched" and not match)
  if has_left(ticket, connection) then
    state = "gone"
  elseif is_newer(ticket, connection, arrived) then
    state = "replaced"
  else
    take_over(ticket, connection)
    if is_over then
      ticket, state = restored(user, ARGV[i + 4], ARGV[i + 5]), match and "matched" or "back"
    elseif (state == "reserved" and pairing ~= "open") or (state == "away" and answered) then
      state = "back"
    end
  end
  ticket.tags = interests
  if state ~= "replaced" and state ~= "gone" then
    redis.call("HSET", ticket_of .. user, "state", state, "connection", connection, "replica", replica, "lease", now + lease,
      "arrived", arrived, "place", ticket.place, "since", ticket.since, "tags", interests)
    redis.call("EXPIRE", ticket_of .. user, keep)
    redis.call("EXPIRE", blocked_of .. user, keep_blocks)
  end
  if state == "back" or state == "waiting" then
    state = "waiting"
    local cursor = ticket.cursor
    list(ticket)
    if cursor then redis.call("HSET", ticket_of .. user, "cursor", cursor) end
  end
  local position = state == "waiting" and redis.call("ZRANK", tickets, user) or -1
  answers[#answers + 1] = {state, ticket.place or 0, ticket.since or 0, position + 1,
    state == "matched" and match or state == "reserved" and ticket.pairing or ""}
end
answers[#answers + 1] = redis.call("ZCARD", tickets)
return answers
