-- Looks for a partner for some waiting tickets; two that fit are both reserved under the channel given for the one, and their replicas told.
-- Returns {state, channel, whether the line goes on behind what was looked at} for each ticket, and last the users without a live ticket
-- that it met, each followed by the interests that they were met by.
local answer, lifetime, keep_pairing = tonumber(ARGV[6]), tonumber(ARGV[7]), tonumber(ARGV[8]) -- ms, s, s: pairing, its tokens, its key
local answers = {}

local function reserve(ticket, channel)
  unlist(ticket, "reserved")
  redis.call("HSET", ticket_of .. ticket.user, "pairing", channel)
  tell(ticket, "reserved " .. channel)
end

local function pair(one, other, channel)
  local pairing, deadline = pairing_of .. channel, now + answer
  redis.call("HSET", pairing, "state", "open", "one", one.user, "other", other.user, "deadline", deadline,
    "exp", math.floor(now / 1000) + lifetime)
  redis.call("EXPIRE", pairing, keep_pairing)
  redis.call("ZADD", pairings, deadline, channel)
  redis.call("EXPIRE", pairings, keep)
  reserve(one, channel)
  reserve(other, channel)
end

for i = 9, #ARGV, 3 do
  local me, connection, channel = load(ARGV[i]), ARGV[i + 1], ARGV[i + 2]
  local state, more = me.connection == connection and me.state or "absent", 0
  if state == "waiting" then
    local other, cursor = find(me)
    if other then
      pair(me, other, channel)
      state, me.pairing = "reserved", channel
    else
      redis.call("HSET", ticket_of .. me.user, "cursor", cursor)
      more = cursor ~= "0" and 1 or 0
    end
  end
  answers[#answers + 1] = {state, state == "reserved" and me.pairing or "", more}
end
answers[#answers + 1] = ghosts
return answers
