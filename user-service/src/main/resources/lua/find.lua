-- Reads a user and lets the record live on. Returns {name, seed}, or nothing when there is no such user.
local user = KEYS[1] -- hash
local lifetime = ARGV[1] -- seconds

local found = redis.call("HMGET", user, "name", "seed")
if not found[1] then
  return false
end
redis.call("EXPIRE", user, lifetime)
return found
