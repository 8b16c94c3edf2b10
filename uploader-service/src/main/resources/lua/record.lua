-- Records uploads of an open channel. Returns 1; 0 and nothing changed when the channel is not open.
local meta = KEYS[1] -- hash, of the channel
local uploads = KEYS[2] -- hash
local lifetime = ARGV[1] -- seconds; then pairs of object key and JSON

if redis.call("HGET", meta, "state") ~= "open" then
  return 0
end
for i = 2, #ARGV, 2 do
  redis.call("HSET", uploads, ARGV[i], ARGV[i + 1])
end
redis.call("EXPIRE", uploads, lifetime)
return 1
