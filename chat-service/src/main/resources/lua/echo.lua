-- Finds the message that a sender's key stored; returns {position, time, tail}, {"never"} if that key stored none, as what is kept shows,
-- or {} if nobody can know any more.
local messages = KEYS[1]
local user, client, counter = ARGV[1], ARGV[2], tonumber(ARGV[3]) -- client, counter: the key
local left = tonumber(ARGV[4]) -- messages that may be looked at, about
local at_once = 20 -- what is sent again is mostly among the newest
local key = '"key":"' .. client .. ':' -- nowhere in a payload: quotes are escaped there

local from, page, oldest = '+', nil, nil
repeat
  page = redis.call('XREVRANGE', messages, from, '-', 'COUNT', at_once)
  for _, entry in ipairs(page) do
    local time, author, tail = entry[2][2], entry[2][4], entry[2][6]
    local _, before = string.find(tail, key, 1, true)
    local its_counter = author == user and before and tonumber(string.match(tail, '^%d+', before + 1))
    from, oldest = '(' .. entry[1], string.match(entry[1], '^%d+')
    if its_counter == counter then
      return { oldest, time, tail }
    elseif its_counter and its_counter < counter then -- a client's messages are stored in their order
      return { 'never' }
    end
  end
  left = left - #page
until #page < at_once or left <= 0
return oldest == '1' and { 'never' } or {}
