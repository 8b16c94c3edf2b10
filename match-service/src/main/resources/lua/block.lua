-- Two users are never matched again; a pairing of the two that is under way is undone by the next sweep.
local user, peer = ARGV[3], ARGV[4] -- texts
local keep_blocks = tonumber(ARGV[5]) -- s

local ticket = load(user)
local pairing = ticket.state == "reserved" and pairing_of .. ticket.pairing
local p = pairing and redis.call("HMGET", pairing, "state", "one", "other")
local together = p and p[1] == "open" and (p[2] == peer or p[3] == peer)

redis.call("SADD", blocked_of .. user, peer)
redis.call("SADD", blocked_of .. peer, user)
redis.call("EXPIRE", blocked_of .. user, keep_blocks)
redis.call("EXPIRE", blocked_of .. peer, keep_blocks)
if together then
  redis.call("HSET", pairing, "state", "cancelled")
  redis.call("ZADD", pairings, 0, ticket.pairing)
  redis.call("EXPIRE", pairings, keep)
end
return 1
