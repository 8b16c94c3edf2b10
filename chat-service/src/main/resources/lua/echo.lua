-- Finds the message that a sender's key stored; returns {position, time, tail}, {"never"} if that key stored none, as what is kept shows,
-- or {} if nobody can know any more.
local messages = KEYS[1]
local user, client, counter = ARGV[1], ARGV[2], tonumber(ARGV[3]) -- client, counter: the key
local most = ARGV[4]
local key = '"key":"' .. client .. ':' -- nowhere in a payload: quotes are escaped there

local oldest
for _, entry in ipairs(redis.call('XREVRANGE', messages, '+', '-', 'COUNT', most)) do
  local time, author, tail = entry[2][2], entry[2][4], entry[2][6]
  local _, before = string.find(tail, key, 1, true)
  local its_counter = author == user and before and tonumber(string.match(tail, '^%d+', before + 1))
  oldest = string.match(entry[1], '^%d+')
  if its_counter == counter then
    return { oldest, time, tail }
  elseif its_counter and its_counter < counter then -- a client's messages are stored in their order
    return { 'never' }
  end
end
return oldest == '1' and { 'never' } or {}
