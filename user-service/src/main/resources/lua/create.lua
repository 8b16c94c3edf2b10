-- Makes the record of a new user. Returns 1, also when it is asked twice; 0 when the id belongs to somebody else.
local user = KEYS[1] -- hash
local name = ARGV[1] -- string
local seed = ARGV[2] -- string, random: tells a repeat from a collision
local lifetime = ARGV[3] -- seconds

local owner = redis.call("HGET", user, "seed")
if owner then
  return owner == seed and 1 or 0
end
local time = redis.call("TIME")
local created = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call("HSET", user, "name", name, "seed", seed, "created", string.format("%.0f", created))
redis.call("EXPIRE", user, lifetime)
return 1
