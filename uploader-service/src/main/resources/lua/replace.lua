-- Replaces the record of an upload if it is still the expected one. Returns what is recorded now, or nothing.
local meta = KEYS[1] -- hash, of the channel
local uploads = KEYS[2] -- hash
local key = ARGV[1] -- object key
local expected = ARGV[2] -- JSON
local wanted = ARGV[3] -- JSON; empty: no record any more

if redis.call("HGET", meta, "state") ~= "open" then
  return false
end
local found = redis.call("HGET", uploads, key)
if found ~= expected then
  return found
end
if wanted == "" then
  redis.call("HDEL", uploads, key)
  return false
end
redis.call("HSET", uploads, key, wanted)
return wanted
