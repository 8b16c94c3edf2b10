-- Reads an upload of an open channel, and lets its uploads live on. Returns its JSON, or nothing.
local meta = KEYS[1] -- hash, of the channel
local uploads = KEYS[2] -- hash
local lifetime = ARGV[1] -- seconds
local key = ARGV[2] -- object key

if redis.call("HGET", meta, "state") ~= "open" then
  return false
end
local found = redis.call("HGET", uploads, key)
if found then
  redis.call("EXPIRE", uploads, lifetime)
end
return found
