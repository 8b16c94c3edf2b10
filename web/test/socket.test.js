import assert from 'node:assert/strict'
import test, { beforeEach } from 'node:test'
import { LiveSocket } from '../js/net/socket.js'
import { FakeSocket, settled } from './fakes.js'

let states, frames, refusal, socket

function live () {
  states = []
  frames = []
  refusal = async () => null
  FakeSocket.made = []
  socket = new LiveSocket({
    open: () => new FakeSocket('ws://x'),
    refusal: () => refusal(),
    onState: state => states.push(state),
    onFrame: frame => frames.push(frame)
  })
}

const names = () => states.map(s => s.state)

beforeEach(live)

const timers = t => t.mock.timers.enable({ apis: ['setTimeout', 'Date'] })

test('it opens, hands frames on, and ignores what is no frame', t => {
  timers(t)
  socket.start()
  FakeSocket.last.accept()
  FakeSocket.last.say({ a: 1 })
  FakeSocket.last.say('no json')
  FakeSocket.last.say('7')
  assert.deepEqual(names(), ['connecting', 'open'])
  assert.deepEqual(frames, [{ a: 1 }])
})

test('a lost connection comes back after a wait', t => {
  timers(t)
  socket.start()
  FakeSocket.last.accept()
  FakeSocket.last.drop(1006)
  const { state, retryAt } = states.at(-1)
  assert.equal(state, 'waiting')
  assert.ok(retryAt - Date.now() >= 500 && retryAt - Date.now() <= 1000)
  t.mock.timers.tick(1000)
  assert.equal(FakeSocket.made.length, 2)
})

test('a replica that shuts down is left at once, one that never stays is not chased', t => {
  timers(t)
  socket.start()
  FakeSocket.last.accept()
  FakeSocket.last.drop(1012)
  assert.equal(FakeSocket.made.length, 2)
  assert.equal(socket.state, 'connecting')
  FakeSocket.last.accept()
  FakeSocket.last.drop(1012)
  assert.equal(socket.state, 'waiting')
})

test('it stays away when told to', t => {
  timers(t)
  for (const [code, reason] of [[4500, 'ended'], [4501, 'expired'], [4502, 'banned'], [4503, 'replaced'], [1000, 'done']]) {
    live()
    socket.start()
    FakeSocket.last.accept()
    FakeSocket.last.drop(code)
    assert.deepEqual(states.at(-1), { state: 'ended', reason, code })
    t.mock.timers.tick(60_000)
    assert.equal(FakeSocket.made.length, 1)
  }
})

test('a failed upgrade asks why, once each, and goes on trying without an answer', async t => {
  timers(t)
  let asked = 0
  refusal = async () => { asked++; throw new Error('no network') }
  socket.start()
  FakeSocket.last.drop()
  await settled()
  assert.equal(socket.state, 'waiting')
  refusal = async () => { asked++; return 'ended' }
  t.mock.timers.tick(1000)
  FakeSocket.last.drop()
  await settled()
  assert.equal(asked, 2)
  assert.deepEqual(states.at(-1), { state: 'ended', reason: 'ended' })
})

test('the answer to an attempt that was given up changes nothing', async t => {
  timers(t)
  refusal = async () => 'ended'
  socket.start()
  FakeSocket.last.drop()
  socket.stop()
  await settled()
  assert.equal(socket.state, 'idle')
})

test('hurry ends the wait, and notices an open socket that is none', t => {
  timers(t)
  socket.start()
  FakeSocket.last.accept()
  FakeSocket.last.drop()
  socket.hurry()
  assert.equal(socket.state, 'connecting')
  FakeSocket.last.accept()
  FakeSocket.last.readyState = 3
  socket.hurry()
  assert.equal(socket.state, 'waiting')
})

test('an upgrade that never answers is given up', t => {
  timers(t)
  socket.start()
  t.mock.timers.tick(10_000)
  assert.equal(socket.state, 'waiting')
  assert.notEqual(FakeSocket.last.closedWith, null)
})

test('the back-off grows until a connection has lasted', t => {
  timers(t)
  t.mock.method(Math, 'random', () => 1)
  const waits = []
  socket.start()
  for (const lasts of [0, 0, 0, 6_000, 0]) {
    FakeSocket.last.accept()
    t.mock.timers.tick(lasts)
    FakeSocket.last.drop()
    waits.push(states.at(-1).retryAt - Date.now())
    t.mock.timers.tick(20_000)
  }
  assert.deepEqual(waits, [1000, 2000, 4000, 1000, 2000])
})

test('starting over keeps the old connection until the new one is there, and hears it no more', t => {
  timers(t)
  socket.start()
  const old = FakeSocket.last
  old.accept()
  t.mock.timers.tick(6_000)
  socket.resume()
  assert.equal(old.closedWith, null)
  old.say({ late: true })
  old.drop()
  FakeSocket.last.accept()
  assert.equal(old.closedWith, 1000)
  assert.deepEqual(frames, [])
  assert.deepEqual(names(), ['connecting', 'open', 'connecting', 'open'])
})

test('a new connection that is refused leaves the old one, so that nobody looks gone', async t => {
  timers(t)
  socket.start()
  const old = FakeSocket.last
  old.accept()
  t.mock.timers.tick(10_000)
  socket.resume()
  FakeSocket.last.drop()
  await settled()
  assert.equal(socket.state, 'waiting')
  assert.equal(old.closedWith, null)
  t.mock.timers.tick(20_000)
  FakeSocket.last.accept()
  assert.equal(old.closedWith, 1000)
  assert.equal(socket.state, 'open')
})
