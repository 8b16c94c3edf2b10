-- Renews presence leases, adds those that are missing and takes away what expired; returns the channel's state:
-- "open", "complete" (both members have come), "ended" or "missing".
-- An entry is "<user>:<since, ms>:<connection>". Who comes, goes or must give way is published.
local meta, messages, presence, topic = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local lease, ttl = tonumber(ARGV[1]), ARGV[2] -- milliseconds; seconds
local may_expire = ARGV[3] == '1' -- whether others' leases may be declared over, if our own are fresh
local most = tonumber(ARGV[4]) -- connections per member
-- ARGV[5…]: the entries to renew

local known = redis.call('HMGET', meta, 'state', 'complete')
if known[1] ~= 'open' then
  return known[1] or 'missing'
end
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local before, after, oldest = {}, {}, {} -- per user: entries held before and after, the oldest of them
local renewed, over, fresh, stale = {}, {}, false, false
for i = 5, #ARGV do
  renewed[ARGV[i]] = true
end
local function keep(entry)
  local user, since = string.match(entry, '^(%d+):(%d+)')
  after[user] = (after[user] or 0) + 1
  if not oldest[user] or tonumber(since) < tonumber(string.match(oldest[user], ':(%d+):')) then
    oldest[user] = entry
  end
end
local held = redis.call('ZRANGE', presence, 0, -1, 'WITHSCORES')
for i = 1, #held, 2 do
  local entry, left = held[i], tonumber(held[i + 1]) - now
  before[string.match(entry, '^%d+')] = true
  if renewed[entry] then -- a request that waited through an outage finds leases of its own old
    fresh, stale = fresh or left > lease / 2, stale or left <= lease / 2
  elseif left < 0 then
    over[#over + 1] = entry
  else
    keep(entry)
  end
end
local may_take = may_expire and fresh and not stale

for i = 5, #ARGV do
  redis.call('ZADD', presence, string.format('%.0f', now + lease), ARGV[i])
  keep(ARGV[i])
end
for _, entry in ipairs(over) do
  if may_take then redis.call('ZREM', presence, entry) else keep(entry) end
end
for user in pairs(before) do
  if not after[user] then redis.call('SPUBLISH', topic, 'p ' .. user .. ' offline') end
end
for user, count in pairs(after) do
  if not before[user] then
    redis.call('SPUBLISH', topic, 'p ' .. user .. ' joined')
  elseif count > most then
    redis.call('ZREM', presence, oldest[user])
    redis.call('SPUBLISH', topic, 'x ' .. oldest[user])
  end
end
redis.call('EXPIRE', presence, ttl)
redis.call('EXPIRE', messages, ttl)
return known[2] and 'complete' or 'open'
