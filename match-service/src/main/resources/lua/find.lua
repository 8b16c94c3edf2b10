-- How seek.lua finds a partner for a ticket, reading only: the first in the line with a common interest, else the first at all if both are
-- open to anybody by now; never one of whom either blocked the other. Somebody met lately, as either remembers, only if both have waited
-- long and nobody else is there: then the one met longest ago. A look ends after some candidates; the next goes on behind them.
local reunion = tonumber(ARGV[4]) -- ms: until open to somebody met lately
local ghosts = {} -- users met in an index who have no live ticket, each followed by the interests they were met by

local function fit(me, other)
  for tag in tags(me) do
    if string.find("," .. other.tags .. ",", "," .. tag .. ",", 1, true) then return true end
  end
  return open(me) and open(other)
end

-- Whether two may not meet, and when they met lately, if they did. Each forgets for itself.
local function history(me, other, own)
  local is_blocked = redis.call("SISMEMBER", blocked_of .. other.user, me.user) == 1
  return is_blocked, tonumber(redis.call("ZSCORE", recent_of .. other.user, me.user) or own[other.user])
end

-- A partner or nil, and where to go on.
local function find(me)
  local users, met_by, cursor, whole = candidates(me)
  local blocked = #users > 0 and redis.call("SMISMEMBER", blocked_of .. me.user, unpack(users))
  local recent, own, again, met_again = redis.call("ZRANGE", recent_of .. me.user, 0, -1, "WITHSCORES"), {}, nil, nil
  for i = 1, #recent, 2 do own[recent[i]] = recent[i + 1] end
  for i, user in ipairs(users) do
    local other = user ~= me.user and blocked[i] == 0 and load(user)
    if other and not (other.live and other.state == "waiting") then
      ghosts[#ghosts + 1] = user
      ghosts[#ghosts + 1] = met_by[user] or ""
    elseif other then
      local fits, reunites = fit(me, other), me.waited >= reunion and other.waited >= reunion
      local is_blocked, met = true, nil
      if fits or me.waited >= reunion then is_blocked, met = history(me, other, own) end -- else they change nothing
      if not is_blocked and not met and fits then
        return other, cursor
      elseif not is_blocked and not met then
        whole = false
      elseif not is_blocked and reunites and (not again or met < met_again) then
        again, met_again = other, met
      end
    end
  end
  return whole and again or nil, cursor
end
