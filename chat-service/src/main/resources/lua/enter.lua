-- Notes that a member came; returns {state, head, head's time}, where the state is "complete" (both have come), "open",
-- "missing", "ended", or "alone": the second did not come within its time after the first, and the channel is to be ended.
local meta = KEYS[1]
local user = ARGV[1]
local patience = tonumber(ARGV[2]) -- milliseconds

local known = redis.call('HMGET', meta, 'state', 'first', 'first_time', 'complete', 'head', 'time')
local function reply(state)
  return { state, known[5] or '0', known[6] or '0' }
end
if known[1] ~= 'open' then
  return reply(known[1] or 'missing')
elseif known[4] then
  return reply('complete')
end
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
if not known[2] then
  redis.call('HSET', meta, 'first', user, 'first_time', string.format('%.0f', now))
  return reply('open')
elseif now - tonumber(known[3]) > patience then
  return reply('alone')
elseif known[2] ~= user then
  redis.call('HSET', meta, 'complete', '1')
  return reply('complete')
end
return reply('open')
