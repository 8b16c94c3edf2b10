import { ACTION, ERROR, FILE, SEEN, SYNC, TEXT } from './events.js'

const KEEPS = 2_000 // messages; four times what the server keeps, so that a long evening does not grow without end

/**
 * A conversation as far as it is known: frames in, the next model and what changed out.
 *
 * `messages` are in order; `last` is the last of the contiguous ones, with its time, which proves to
 * the server which history this is; `peerSeen` is the highest position the peer has seen.
 */
export function conversation (self, peer) {
  return {
    self,
    peer,
    messages: [],
    last: { id: 0, time: null },
    head: null, // where the present catch-up ends; null when there is none
    held: null, // live frames that wait for the history; null when none is being read
    peerSeen: 0,
    peerOnline: null,
    left: false
  }
}

export function since ({ last }) {
  return last.time === null ? String(last.id) : `${last.id}.${last.time}`
}

/** A new connection: it will say by itself where it goes on. */
export const connecting = model => ({ ...model, head: null, held: null })

export function receive (model, frame) {
  switch (frame.event) {
    case TEXT:
    case FILE:
      return kept(model, frame)
    case ACTION:
      return action(model, frame)
    case SEEN:
      return seen(model, frame)
    case ERROR:
      return refused(model, frame)
    case SYNC:
      return sync(model, frame)
    default:
      return same(model) // an event of a later server
  }
}

/** The history takes the place of the list; what arrived live meanwhile goes on after it. */
export function replace (model, history) {
  const messages = history.filter(isMessage)
    .map(frame => message(model, frame))
    .sort((a, b) => a.id - b.id)
  const newest = messages.at(-1)
  const last = newest && newest.id >= model.head
    ? { id: newest.id, time: newest.time }
    : { id: model.head ?? 0, time: null }
  const changes = [{ type: 'replaced' }, ...echoes(messages), ...seenElsewhere(messages)]
  let next = raise({ ...model, messages, last, held: null, head: null }, messages)
  for (const frame of model.held ?? []) {
    const step = receive(next, frame)
    next = step.model
    changes.push(...step.changes)
  }
  changes.push({ type: 'caught-up' })
  return { model: next, changes }
}

const same = model => ({ model, changes: [] })
const isMessage = frame => (frame.event === TEXT || frame.event === FILE) && position(frame.message_id) > 0
const position = id => /^[1-9]\d{0,14}$/.test(id) ? Number(id) : 0
const echoes = messages => messages.filter(m => m.own && m.key).map(m => ({ type: 'echo', key: m.key }))
const seenElsewhere = messages => messages.filter(m => !m.own && m.seen).slice(-1)
  .map(m => ({ type: 'seen-elsewhere', id: m.id }))

function kept (model, frame) {
  if (!isMessage(frame)) return same(model)
  if (model.held) return same({ ...model, held: [...model.held, frame] })
  const id = position(frame.message_id)
  if (id <= model.last.id) return repeated(model, id, frame)
  if (id > model.last.id + 1) return { model, changes: [{ type: 'gap' }] }

  const added = message(model, frame)
  const next = raise({
    ...model,
    messages: [...model.messages, added].slice(-KEEPS),
    last: { id, time: added.time }
  }, [added])
  const changes = [{ type: 'appended', message: added }, ...echoes([added]), ...seenElsewhere([added])]
  if (!added.own) changes.push({ type: 'typing', on: false })
  return caughtUp(next, changes)
}

/** Known already, unless its time says that it belongs to another history. */
function repeated (model, id, frame) {
  const known = model.messages.find(m => m.id === id)
  if (known && known.time !== frame.time) return lost({ ...model, peerSeen: 0 }, model.last.id)
  return { model, changes: echoes([message(model, frame)]) }
}

function action (model, { payload, user_id: who }) {
  const changes = [{ type: 'peer' }]
  switch (payload) {
    case 'istyping':
    case 'endtyping':
      if (who === model.self) return same(model) // another tab of ours
      return { model, changes: [{ type: 'typing', on: payload === 'istyping' }] }
    case 'joined':
      if (who === model.self) return same(model)
      return { model: { ...model, peerOnline: true }, changes }
    case 'waiting':
    case 'offline':
      if (payload === 'offline' && who === model.self) return same(model)
      return { model: { ...model, peerOnline: false }, changes: [...changes, { type: 'typing', on: false }] }
    case 'leaved':
      return { model: { ...model, peerOnline: false, left: true }, changes: [{ type: 'left', own: who === model.self }] }
    default:
      return same(model)
  }
}

/** `user_id` is the author of the message seen: ours was seen by the peer, the peer's by another tab of ours. */
function seen (model, { payload, user_id: author }) {
  const id = position(payload)
  if (!id) return same(model)
  if (author !== model.self) return { model, changes: [{ type: 'seen-elsewhere', id }] }
  if (id <= model.peerSeen) return same(model)
  return { model: { ...model, peerSeen: id }, changes: [{ type: 'seen' }] }
}

function refused (model, { key, payload }) {
  const { code = 'unknown', detail = '' } = parse(payload)
  return { model, changes: [{ type: 'refused', key, code, detail }] }
}

function sync (model, frame) {
  const { recovered, head, seen: peerSeen, online } = parse(frame.payload)
  const next = {
    ...model,
    peerSeen: recovered ? Math.max(model.peerSeen, position(peerSeen)) : position(peerSeen),
    peerOnline: Array.isArray(online) ? online.includes(model.peer) : model.peerOnline
  }
  const changes = [{ type: 'seen' }, { type: 'peer' }]
  if (!recovered) return lost(next, position(head), changes)
  return caughtUp({ ...next, head: position(head) }, changes)
}

function lost (model, head, changes = []) {
  return { model: { ...model, head, held: [] }, changes: [...changes, { type: 'lost' }] }
}

function caughtUp (model, changes) {
  if (model.head === null || model.last.id < model.head) return { model, changes }
  return { model: { ...model, head: null }, changes: [...changes, { type: 'caught-up' }] }
}

/** Messages carry the mark of whom they are for: what is seen of ours, the peer has seen. */
function raise (model, messages) {
  const highest = messages.reduce((max, m) => m.own && m.seen ? Math.max(max, m.id) : max, model.peerSeen)
  return highest === model.peerSeen ? model : { ...model, peerSeen: highest }
}

function message (model, frame) {
  return {
    id: position(frame.message_id),
    key: frame.key ?? null,
    own: frame.user_id === model.self,
    text: frame.event === TEXT ? String(frame.payload) : null,
    file: frame.event === FILE ? fileOf(frame.payload) : null,
    seen: frame.seen === true,
    time: frame.time
  }
}

/** A file as a frame names it, ours that wait included. */
export function fileOf (payload) {
  const file = parse(payload)
  return {
    name: typeof file.file_name === 'string' && file.file_name ? file.file_name : 'file',
    url: file.file_url ?? null,
    type: typeof file.content_type === 'string' ? file.content_type : '',
    size: Number.isFinite(file.size) ? file.size : null
  }
}

function parse (payload) {
  try {
    return JSON.parse(payload) ?? {}
  } catch {
    return {}
  }
}
