-- How seek.lua finds a partner for a ticket, reading only: the first in the line with a common interest, else the first at all if both are
-- open to anybody by now; never one of whom either blocked the other. Somebody met lately only if both have waited long and nobody else is
-- there: then the one met longest ago. A look ends after some candidates; the next goes on behind them.
local patience, reunion = tonumber(ARGV[3]), tonumber(ARGV[4]) -- ms: until open to anybody; until open to somebody met lately
local most = tonumber(ARGV[5]) -- candidates for a ticket, of each index
local ghosts = {} -- users met in an index who have no live ticket

local function open(ticket)
  return ticket.tags == "" or ticket.waited >= patience
end

local function shares(me, other)
  for tag in tags(me) do
    if string.find("," .. other.tags .. ",", "," .. tag .. ",", 1, true) then return true end
  end
  return false
end

-- Who shares a tag and then who is in the line; where to go on; whether that was the whole line.
local function candidates(me)
  local users, page, from = {}, {}, me.cursor or "0"
  for tag in tags(me) do
    for _, user in ipairs(redis.call("ZRANGE", interest_of .. tag, 0, most - 1)) do users[#users + 1] = user end
  end
  if open(me) then page = redis.call("ZRANGE", tickets, "(" .. from, "+inf", "BYSCORE", "LIMIT", 0, most, "WITHSCORES") end
  for i = 1, #page, 2 do users[#users + 1] = page[i] end
  local full = #page == 2 * most
  return users, full and page[#page] or "0", open(me) and not full and from == "0"
end

-- A partner or nil, and where to go on.
local function find(me)
  local users, cursor, whole = candidates(me)
  local blocked = #users > 0 and redis.call("SMISMEMBER", blocked_of .. me.user, unpack(users))
  local recent, met, again = redis.call("ZRANGE", recent_of .. me.user, 0, -1, "WITHSCORES"), {}, nil
  for i = 1, #recent, 2 do met[recent[i]] = tonumber(recent[i + 1]) end
  for i, user in ipairs(users) do
    local other = user ~= me.user and blocked[i] == 0 and load(user)
    if other and not (other.live and other.state == "waiting") then
      ghosts[#ghosts + 1] = user
    elseif other and not met[user] then
      if shares(me, other) or (open(me) and open(other)) then return other, cursor end
      whole = false
    elseif other and me.waited >= reunion and other.waited >= reunion and (not again or met[user] < met[again.user]) then
      again = other
    end
  end
  return whole and again or nil, cursor
end
