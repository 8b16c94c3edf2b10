-- Whom find.lua looks at for a ticket, reading only: some who share an interest, by their places, and some of the line, from where the
-- last look ended.
local patience = tonumber(ARGV[3]) -- ms: until open to anybody
local most = tonumber(ARGV[5]) -- of those who share an interest, and of the line

local function open(ticket)
  return ticket.tags == "" or ticket.waited >= patience
end

-- The first in the line of those with a common interest, {user, place}, and the tags that each was found by.
local function sharers(me)
  local users, met_by = {}, {}
  for tag in tags(me) do
    local found = redis.call("ZRANGE", interest_of .. tag, 0, most - 1, "WITHSCORES")
    for i = 1, #found, 2 do
      local user, others = found[i], met_by[found[i]]
      if not others then users[#users + 1] = {user, tonumber(found[i + 1])} end
      met_by[user] = others and others .. "," .. tag or tag
    end
  end
  table.sort(users, function(a, b) return a[2] < b[2] end)
  return users, met_by
end

-- Whom to look at, in this order, and by which tags they were met; where to go on; whether that was the whole line.
local function candidates(me)
  local users, page, from, first, met_by = {}, {}, me.cursor or "0", sharers(me)
  for i = 1, math.min(most, #first) do users[i] = first[i][1] end
  if open(me) then page = redis.call("ZRANGE", tickets, "(" .. from, "+inf", "BYSCORE", "LIMIT", 0, most, "WITHSCORES") end
  for i = 1, #page, 2 do users[#users + 1] = page[i] end
  local full = #page == 2 * most
  return users, met_by, full and page[#page] or "0", open(me) and not full and from == "0"
end
