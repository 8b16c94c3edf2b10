-- Notes that a member came; returns {state, head, head's time, peer's mark, now}, where the state is "complete" (both have come), "open",
-- "missing", "ended", or "alone": the second did not come within its time after the first, and the channel is to be ended.
local meta = KEYS[1]
local user, peer = ARGV[1], ARGV[2]
local patience = tonumber(ARGV[3]) -- milliseconds
local both_came = ARGV[4] == '1' -- as somebody knows, who saw what Redis has lost

local known = redis.call('HMGET', meta, 'state', 'first', 'first_time', 'complete', 'head', 'time', 'seen:' .. peer)
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local function reply(state)
  return { state, known[5] or '0', known[6] or '0', known[7] or '0', string.format('%.0f', now) }
end
if known[1] ~= 'open' then
  return reply(known[1] or 'missing')
elseif known[4] then
  return reply('complete')
elseif both_came or (known[2] and known[2] ~= user and now - tonumber(known[3]) <= patience) then
  redis.call('HSET', meta, 'complete', '1')
  return reply('complete')
elseif not known[2] then
  redis.call('HSET', meta, 'first', user, 'first_time', string.format('%.0f', now))
  return reply('open')
end
return reply(now - tonumber(known[3]) > patience and 'alone' or 'open')
