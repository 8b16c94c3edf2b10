import assert from 'node:assert/strict'
import test from 'node:test'
import { conversation, connecting, fileOf, receive, replace, since } from '../js/state/conversation.js'
import { sync, text } from './fakes.js'

const ME = '11'
const PEER = '22'
const action = (payload, user = PEER) => ({ message_id: '', event: 1, user_id: user, payload, seen: false, time: 1 })
const seen = (author, id) => ({ message_id: '', event: 2, user_id: author, payload: String(id), seen: true, time: 1 })

function after (...frames) {
  let model = conversation(ME, PEER)
  const changes = []
  for (const frame of frames) {
    const step = receive(model, frame)
    model = step.model
    changes.push(...step.changes)
  }
  return { model, changes, types: changes.map(c => c.type), ids: model.messages.map(m => m.id) }
}

test('messages are appended in order, and say where to resume', () => {
  const { model, ids } = after(sync(0), text(1, ME), text(2, PEER))
  assert.deepEqual(ids, [1, 2])
  assert.deepEqual(model.messages.map(m => m.own), [true, false])
  assert.equal(since(model), '2.1002')
  assert.equal(since(conversation(ME, PEER)), '0')
})

test('a message that comes twice is there once', () => {
  const { ids, types } = after(sync(0), text(1, PEER), text(2, PEER), text(1, PEER), text(2, PEER))
  assert.deepEqual(ids, [1, 2])
  assert.equal(types.filter(type => type === 'appended').length, 2)
})

test('a gap is reported, and nothing after it is taken', () => {
  const { ids, types, model } = after(sync(0), text(1, PEER), text(3, PEER))
  assert.deepEqual(ids, [1])
  assert.equal(types.at(-1), 'gap')
  assert.equal(since(model), '1.1001')
})

test('a known position with another time belongs to another history', () => {
  const { types } = after(sync(0), text(1, PEER), text(1, PEER, 'other', { time: 5 }))
  assert.equal(types.at(-1), 'lost')
})

test('caught up means: all up to the head is here', () => {
  assert.ok(after(sync(0)).types.includes('caught-up'))
  assert.ok(!after(sync(2), text(1, PEER)).types.includes('caught-up'))
  assert.equal(after(sync(2), text(1, PEER), text(2, PEER)).types.filter(type => type === 'caught-up').length, 1)
})

test('an echo names its key; a repeat that was stored before does too; the key of the peer is none of ours', () => {
  const own = text(1, ME, 'a', { key: 'c:1' })
  const { changes } = after(sync(0), own, own, text(2, PEER, 'b', { key: 'c:2' }))
  assert.deepEqual(changes.filter(c => c.type === 'echo').map(c => c.key), ['c:1', 'c:1'])
})

test('after recovered:false the history replaces the list, and what came live goes on after it', () => {
  const { model, types } = after(sync(0), text(1, PEER), sync(8, { recovered: false }), text(9, PEER), text(10, PEER))
  assert.equal(types.at(-1), 'lost')
  const step = replace(model, [text(8, PEER), text(7, ME, 'mine', { key: 'c:4' }), text(6, PEER)])
  assert.deepEqual(step.model.messages.map(m => m.id), [6, 7, 8, 9, 10])
  assert.equal(since(step.model), '10.1010')
  assert.deepEqual(step.changes.filter(c => c.type === 'echo').map(c => c.key), ['c:4'])
  assert.equal(step.changes.at(-1).type, 'caught-up')
})

test('the history may know already what arrives live', () => {
  const { model } = after(sync(2, { recovered: false }), text(3, PEER), text(4, PEER))
  const step = replace(model, [text(3, PEER), text(2, PEER), text(1, PEER)])
  assert.deepEqual(step.model.messages.map(m => m.id), [1, 2, 3, 4])
})

test('an empty history goes on after the head', () => {
  const { model } = after(sync(5, { recovered: false }))
  const step = replace(model, [])
  assert.equal(since(step.model), '5')
  assert.deepEqual(receive(step.model, text(6, PEER)).model.messages.map(m => m.id), [6])
})

test('a lost history whose positions start over is taken as it is', () => {
  const { model } = after(sync(0), text(1, PEER), text(2, PEER), text(3, PEER), sync(1, { recovered: false }))
  const step = replace(model, [text(1, PEER)])
  assert.equal(since(step.model), '1.1001')
})

test('a new connection forgets a catch-up that did not end', () => {
  const { model } = after(sync(9, { recovered: false }), text(10, PEER))
  const next = connecting(model)
  assert.equal(next.held, null)
  assert.equal(next.head, null)
})

test('seen of one of ours is seen of all before, and never goes back', () => {
  const { model } = after(sync(0), text(1, ME), text(2, ME), seen(ME, 2), seen(ME, 1))
  assert.equal(model.peerSeen, 2)
  assert.equal(after(sync(4, { seen: '3' })).model.peerSeen, 3)
  assert.equal(after(sync(1), text(1, ME, 'x', { seen: true })).model.peerSeen, 1)
})

test('in a history that starts over nothing of ours was seen yet', () => {
  const three = [text(1, ME), text(2, ME), text(3, ME)]
  const { model } = after(sync(0), ...three, seen(ME, 3), sync(0, { recovered: false }))
  assert.equal(replace(model, []).model.peerSeen, 0)
  const other = after(sync(0), ...three, seen(ME, 3), text(3, ME, 'other', { time: 5 }))
  assert.equal(replace(other.model, [text(1, ME, 'x', { seen: true })]).model.peerSeen, 1)
})

test('seen of one of theirs was another tab of ours', () => {
  assert.deepEqual(after(sync(0), text(1, PEER), seen(PEER, 1)).changes.at(-1), { type: 'seen-elsewhere', id: 1 })
  assert.ok(after(sync(1), text(1, PEER, 'x', { seen: true })).types.includes('seen-elsewhere'))
})

test('the peer comes, types, goes offline, leaves', () => {
  assert.equal(after(action('waiting', ME)).model.peerOnline, false)
  assert.equal(after(action('joined')).model.peerOnline, true)
  assert.equal(after(action('joined'), action('offline')).model.peerOnline, false)
  assert.equal(after(sync(0, { online: [ME] })).model.peerOnline, false)
  assert.deepEqual(after(action('istyping'), action('endtyping')).changes, [{ type: 'typing', on: true }, { type: 'typing', on: false }])
  assert.deepEqual(after(action('istyping', ME)).changes, [])
  assert.deepEqual(after(action('leaved')).changes, [{ type: 'left', own: false }])
  assert.deepEqual(after(action('leaved', ME)).changes, [{ type: 'left', own: true }])
})

test('a message ends the typing of who sent it', () => {
  assert.deepEqual(after(sync(0), action('istyping'), text(1, PEER)).changes.filter(c => c.type === 'typing').map(c => c.on), [true, false])
})

test('frames of a later server, and broken ones, change nothing', () => {
  const odd = [
    { event: 77, payload: 'x' }, {}, { event: 0, message_id: '-1', user_id: PEER, payload: 'x' },
    { event: 0, message_id: 'x', payload: 'y' }, { event: 1, payload: 'dances', user_id: PEER }, { event: 2, payload: 'x', user_id: ME }
  ]
  const { model, changes } = after(...odd)
  assert.deepEqual(changes, [])
  assert.deepEqual(model, conversation(ME, PEER))
  assert.doesNotThrow(() => after({ event: 4, payload: 'no json' }, { event: 5, payload: 'null' }))
})

test('a file without a readable payload is still a file', () => {
  assert.deepEqual(fileOf('nonsense'), { name: 'file', url: null, type: '', size: null })
})

test('the model does not grow without end', () => {
  const frames = Array.from({ length: 2_100 }, (_, i) => text(i + 1, PEER))
  const { model } = after(sync(0), ...frames)
  assert.equal(model.messages.length, 2_000)
  assert.equal(model.messages.at(-1).id, 2_100)
})
