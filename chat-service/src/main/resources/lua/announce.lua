-- Tells who cleans up that a channel has ended. Twice is as good as once.
local ended = KEYS[1]
local channel, ttl = ARGV[1], ARGV[2] -- an id; seconds

redis.call('XADD', ended, 'MAXLEN', '~', '10000', '*', 'channel', channel)
redis.call('EXPIRE', ended, ttl)
return 1
