-- Undoes pairings past their deadline, and those that a member cancelled. Who accepted, and who is left by the other, is back in the line
-- at the old place and told to look for a partner; who did not answer goes to the end of the line, and is away until it answers.
-- Returns how many pairings it undid, and how many tickets are in the line.
local most = tonumber(ARGV[3]) -- pairings in one call

local function put_back(ticket)
  list(ticket)
  tell(ticket, "waiting")
end

local function skip(ticket)
  redis.call("HSET", ticket_of .. ticket.user, "state", "away", "place", end_of_line)
  redis.call("HDEL", ticket_of .. ticket.user, "pairing")
  tell(ticket, "away")
end

local due = redis.call("ZRANGE", pairings, 0, now, "BYSCORE", "LIMIT", 0, most)
for _, channel in ipairs(due) do
  local pairing = pairing_of .. channel
  local p = redis.call("HMGET", pairing, "state", "one", "other")
  for _, user in ipairs({p[2] or nil, p[3] or nil}) do
    local ticket = load(user)
    if ticket.state == "reserved" and ticket.pairing == channel then
      if p[1] == "cancelled" or redis.call("HGET", pairing, "accepted:" .. user) then
        put_back(ticket)
      else
        skip(ticket)
      end
    end
  end
  redis.call("DEL", pairing)
  redis.call("ZREM", pairings, channel)
end
return {#due, redis.call("ZCARD", tickets)}
