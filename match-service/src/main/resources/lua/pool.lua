-- What the scripts of the pool share: its keys, the time, and a ticket with its entries in the line and in the interest indexes.
local tickets, pairings = KEYS[1], KEYS[2] -- sorted sets: users by place, channels by deadline
local ticket_of, interest_of, pairing_of, inbox_of = KEYS[3], KEYS[4], KEYS[5], KEYS[6] -- how such keys begin
local recent_of, blocked_of, topic_of = KEYS[7], KEYS[8], KEYS[9] -- how such keys and topics begin
local keep, lease = tonumber(ARGV[1]), tonumber(ARGV[2]) -- s, ms: expiry of a key, life of a lease
local time = redis.call("TIME")
local now = time[1] * 1000 + math.floor(time[2] / 1000) -- ms
local end_of_line = time[1] * 1000000 + time[2] -- µs: a place

local FIELDS = {"state", "connection", "replica", "lease", "place", "since", "tags", "pairing", "cursor",
  "arrived", "match", "delivered"}

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

local function tags(ticket)
  return string.gmatch(ticket.tags, "[^,]+")
end

-- Puts a ticket into the line, at its place.
local function list(ticket)
  redis.call("HSET", ticket_of .. ticket.user, "state", "waiting")
  redis.call("HDEL", ticket_of .. ticket.user, "pairing", "cursor")
  redis.call("ZADD", tickets, ticket.place, ticket.user)
  redis.call("EXPIRE", tickets, keep)
  for tag in tags(ticket) do
    redis.call("ZADD", interest_of .. tag, ticket.place, ticket.user)
    redis.call("EXPIRE", interest_of .. tag, keep)
  end
end

-- Takes a ticket out of the line; it then has the given state.
local function unlist(ticket, state)
  redis.call("ZREM", tickets, ticket.user)
  for tag in tags(ticket) do redis.call("ZREM", interest_of .. tag, ticket.user) end
  redis.call("HSET", ticket_of .. ticket.user, "state", state)
end

-- Tells a ticket's replica what to look at.
local function tell(ticket, what)
  redis.call("SPUBLISH", topic_of .. ticket.replica, what .. " " .. ticket.user .. " " .. ticket.connection)
end
