-- Ends a channel, also one that nobody opened; returns 1, or 0 if somebody else's request ended it before.
local meta, messages, presence, topic = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local user, peer = ARGV[1], ARGV[2]
local expires_at = tonumber(ARGV[3]) -- seconds since the epoch, of the channel's tokens
local request = ARGV[4] -- names this request, which may come twice

local known = redis.call('HMGET', meta, 'state', 'ended_by_request')
if known[1] == 'ended' then
  return known[2] == request and 1 or 0
end
redis.call('HSET', meta, 'state', 'ended', 'members', user .. ',' .. peer, 'ended_by', user,
  'ended_by_request', request)
redis.call('EXPIREAT', meta, expires_at + 3600)
redis.call('DEL', messages, presence)
redis.call('SPUBLISH', topic, 'l ' .. user)
return 1
