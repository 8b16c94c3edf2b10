-- What the scripts of the pool share: its keys, the time, and what they know of a ticket.
local tickets, pairings = KEYS[1], KEYS[2] -- sorted sets: users by place, channels by deadline
local ticket_of, interest_of, pairing_of, inbox_of = KEYS[3], KEYS[4], KEYS[5], KEYS[6] -- how such keys begin
local recent_of, blocked_of, topic_of = KEYS[7], KEYS[8], KEYS[9] -- how such keys and topics begin
local keep, lease = tonumber(ARGV[1]), tonumber(ARGV[2]) -- s, ms: expiry of a key, life of a lease
local time = redis.call("TIME")
local now = time[1] * 1000 + math.floor(time[2] / 1000) -- ms
local end_of_line = time[1] * 1000000 + time[2] -- µs: a place

local FIELDS = {"state", "connection", "replica", "lease", "place", "since", "tags", "pairing", "cursor",
  "arrived", "match", "delivered", "left"}

-- The ticket of a user; its state is waiting, reserved, away, matched or gone, or absent if there is none.
local function load(user)
  local values, ticket = redis.call("HMGET", ticket_of .. user, unpack(FIELDS)), {user = user}
  for i, field in ipairs(FIELDS) do ticket[field] = values[i] or nil end
  ticket.state, ticket.tags = ticket.state or "absent", ticket.tags or ""
  ticket.live = tonumber(ticket.lease or 0) > now
  ticket.waited = now - tonumber(ticket.since or now)
  return ticket
end

-- Whether a ticket is another connection's, who asked later. A total order: of a user's connections just one stays, whatever is repeated.
local function is_newer(ticket, connection, arrived)
  local its, asked = ticket.connection or connection, tonumber(ticket.arrived or 0)
  return its ~= connection and (asked > arrived or (asked == arrived and its > connection))
end

-- The match that whoever asked then is to get: one that was not delivered before.
local function match_for(ticket, arrived)
  return redis.call("GET", inbox_of .. ticket.user) or (tonumber(ticket.delivered or 0) > arrived and ticket.match)
end

-- Whether a connection gave its user's ticket back before; a call of its own that is heard later changes nothing.
local function has_left(ticket, connection)
  return ticket.left == connection or (ticket.state == "gone" and ticket.connection == connection)
end

local function tags(ticket)
  return string.gmatch(ticket.tags, "[^,]+")
end
