-- A connection answered the ping of its pairing. The second to do so makes the match: both inboxes are filled, each is among the other's
-- recent peers, and both replicas are told. Returns {"accepted"}, {"matched", match}, or {"late"} if there is no such pairing any more.
local user, connection, channel = ARGV[3], ARGV[4], ARGV[5] -- texts
local keep_inbox, keep_recent, most_recent = tonumber(ARGV[6]), tonumber(ARGV[7]), tonumber(ARGV[8]) -- ms, s, peers

local pairing = pairing_of .. channel
local p = redis.call("HMGET", pairing, "state", "one", "other", "deadline", "exp")
local state, one, other = p[1], p[2], p[3]
local me = load(user)
if not state or (user ~= one and user ~= other) then
  return {"late"}
end
local peer = user == one and other or one
if state == "made" then
  return {"matched", channel .. " " .. peer .. " " .. p[5]}
end
if state ~= "open" or now > tonumber(p[4]) or me.connection ~= connection or me.pairing ~= channel then
  return {"late"}
end
if not redis.call("HGET", pairing, "accepted:" .. peer) then
  redis.call("HSET", pairing, "accepted:" .. user, 1)
  return {"accepted"}
end

local function deliver(ticket, its_peer)
  local match = channel .. " " .. its_peer .. " " .. p[5]
  local recent = recent_of .. ticket.user
  redis.call("SET", inbox_of .. ticket.user, match, "PX", keep_inbox)
  redis.call("HSET", ticket_of .. ticket.user, "state", "matched")
  redis.call("HDEL", ticket_of .. ticket.user, "pairing")
  redis.call("ZADD", recent, now, its_peer)
  redis.call("ZREMRANGEBYRANK", recent, 0, -most_recent - 1)
  redis.call("EXPIRE", recent, keep_recent)
  tell(ticket, "matched " .. match)
end

redis.call("HSET", pairing, "state", "made", "accepted:" .. user, 1)
redis.call("ZREM", pairings, channel)
deliver(me, peer)
deliver(load(peer), user)
return {"matched", channel .. " " .. peer .. " " .. p[5]}
