import assert from 'node:assert/strict'
import test from 'node:test'
import { Channel } from '../js/net/channel.js'
import { FakeSocket, memory, settled, sync, text } from './fakes.js'

function channel (t, { history = async () => [], store = memory(), seen = 0 } = {}) {
  t.mock.timers.enable({ apis: ['setTimeout', 'Date'] })
  FakeSocket.made = []
  const seenStore = { id: seen, load () { return this.id }, save (id) { this.id = id } }
  const it = new Channel({
    self: '11',
    peer: '22',
    open: since => new FakeSocket(since),
    refusal: async () => null,
    history,
    store,
    seen: seenStore,
    onChanges: () => {},
    onState: () => {},
    onOutbox: () => {}
  })
  it.start()
  return it
}

const ids = it => it.model.messages.map(m => m.id)

test('it resumes after the last message it knows, and repeats what was not answered', t => {
  const it = channel(t)
  assert.equal(FakeSocket.last.url, '0')
  FakeSocket.last.accept()
  it.say('too early')
  assert.deepEqual(FakeSocket.last.sent, [], 'nothing before the sync')
  FakeSocket.last.say(sync(0))
  const [{ key }] = FakeSocket.last.sent
  FakeSocket.last.say(text(1, '22'))
  FakeSocket.last.drop()
  t.mock.timers.tick(1_000)

  assert.equal(FakeSocket.last.url, '1.1001')
  FakeSocket.last.accept()
  FakeSocket.last.say(sync(2))
  assert.deepEqual(FakeSocket.last.sent, [], 'the catch-up may bring the echo')
  FakeSocket.last.say(text(2, '11', 'too early', { key }))
  assert.deepEqual(FakeSocket.last.sent, [])
  assert.deepEqual(it.outbox, [])
  assert.deepEqual(ids(it), [1, 2])
})

test('a gap makes it resume', t => {
  const it = channel(t)
  FakeSocket.last.accept()
  FakeSocket.last.say(sync(0))
  t.mock.timers.tick(6_000)
  FakeSocket.last.say(text(1, '22'))
  FakeSocket.last.say(text(3, '22'))
  assert.equal(FakeSocket.made.length, 2)
  assert.equal(FakeSocket.last.url, '1.1001')
  FakeSocket.last.accept()
  FakeSocket.last.say(sync(3))
  FakeSocket.last.say(text(2, '22'))
  FakeSocket.last.say(text(3, '22'))
  assert.deepEqual(ids(it), [1, 2, 3])
})

test('what can not be replayed is read from the history', async t => {
  const it = channel(t, { history: async () => [text(8, '22'), text(7, '22')] })
  FakeSocket.last.accept()
  FakeSocket.last.say(sync(8, { recovered: false }))
  FakeSocket.last.say(text(9, '22'))
  await settled()
  assert.deepEqual(ids(it), [7, 8, 9])
})

test('a history that can not be read is asked for again; one that is gone ends it', async t => {
  let error = Object.assign(new Error(), { gone: false })
  const it = channel(t, { history: async () => { throw error } })
  FakeSocket.last.accept()
  FakeSocket.last.say(sync(8, { recovered: false }))
  await settled()
  t.mock.timers.tick(20_000)
  assert.equal(FakeSocket.made.length, 2)
  error = Object.assign(new Error(), { gone: true })
  FakeSocket.last.accept()
  FakeSocket.last.say(sync(8, { recovered: false }))
  await settled()
  t.mock.timers.tick(60_000)
  assert.equal(FakeSocket.made.length, 2)
  assert.equal(it.model.messages.length, 0)
})

test('seen rises only, is told once, and again to a new connection', t => {
  const it = channel(t)
  FakeSocket.last.accept()
  FakeSocket.last.say(sync(0))
  for (const id of [1, 2, 3]) FakeSocket.last.say(text(id, '22'))
  it.shown(2)
  it.shown(1)
  it.shown(3)
  it.shown(3)
  assert.deepEqual(FakeSocket.last.sent.map(f => [f.event, f.payload]), [[2, '2'], [2, '3']])
  FakeSocket.last.drop()
  t.mock.timers.tick(1_000)
  FakeSocket.last.accept()
  FakeSocket.last.say(sync(3))
  assert.deepEqual(FakeSocket.last.sent.map(f => f.payload), ['3'])
})

test('what another tab has seen is not told again', t => {
  const it = channel(t)
  FakeSocket.last.accept()
  FakeSocket.last.say(sync(2))
  FakeSocket.last.say(text(1, '22', 'a', { seen: true }))
  FakeSocket.last.say(text(2, '22', 'b', { seen: true }))
  it.shown(2)
  assert.equal(it.seen, 2)
  assert.deepEqual(FakeSocket.last.sent, [])
})

test('a mark that the server could not take is told again', t => {
  const it = channel(t)
  FakeSocket.last.accept()
  FakeSocket.last.say(sync(0))
  FakeSocket.last.say(text(1, '22'))
  it.shown(1)
  FakeSocket.last.say({ message_id: '', event: 4, user_id: '11', payload: '{"code":"unavailable","detail":"…"}' })
  FakeSocket.last.say(sync(1))
  assert.deepEqual(FakeSocket.last.sent.map(f => f.payload), ['1', '1'])
})

test('a mark of a history that was lost while we were away shrinks', t => {
  const it = channel(t, { seen: 20 })
  FakeSocket.last.accept()
  FakeSocket.last.say(sync(2))
  for (const id of [1, 2]) FakeSocket.last.say(text(id, '22'))
  assert.equal(it.seen, 2)
  assert.deepEqual(FakeSocket.last.sent, [])
})

test('a connection that opens and then says nothing is given up', t => {
  channel(t)
  FakeSocket.last.accept()
  FakeSocket.last.say(sync(2))
  t.mock.timers.tick(14_000)
  FakeSocket.last.say(text(1, '22'))
  t.mock.timers.tick(14_000)
  assert.equal(FakeSocket.made.length, 1)
  t.mock.timers.tick(1_000)
  assert.equal(FakeSocket.made.length, 2)
  FakeSocket.last.accept()
  FakeSocket.last.say(sync(1))
  t.mock.timers.tick(60_000)
  assert.equal(FakeSocket.made.length, 2)
})

test('errors reach the message they name', t => {
  const it = channel(t)
  FakeSocket.last.accept()
  FakeSocket.last.say(sync(0))
  it.say('x')
  const [{ key }] = FakeSocket.last.sent
  FakeSocket.last.say({ message_id: '', event: 4, user_id: '11', payload: '{"code":"too_long","detail":"…"}', key })
  assert.equal(it.outbox[0].failed.code, 'too_long')
})
