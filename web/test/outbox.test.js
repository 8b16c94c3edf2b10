import assert from 'node:assert/strict'
import test from 'node:test'
import { Outbox } from '../js/net/outbox.js'
import { Pace } from '../js/net/pace.js'
import { memory } from './fakes.js'

function outbox (t, { store = memory(), client = 'c' } = {}) {
  const sent = []
  const box = new Outbox({
    store,
    client,
    send: frame => { sent.push(frame); return true },
    onChange: () => {},
    onSilence: () => { box.silent = true }
  })
  const keys = () => sent.splice(0).map(frame => frame.key)
  return { box, sent, keys, store }
}

const timers = t => t.mock.timers.enable({ apis: ['setTimeout', 'Date'] })
const fill = (box, n) => { for (let i = 1; i <= n; i++) box.add(0, `m${i}`) }

test('what is written offline waits, and leaves in order', t => {
  timers(t)
  const { box, sent, keys } = outbox(t)
  fill(box, 3)
  assert.deepEqual(sent, [])
  box.open()
  assert.deepEqual(sent, [1, 2, 3].map(n => ({ event: 0, payload: `m${n}`, key: `c:${n}` })))
  keys()
  box.echoed('c:1')
  assert.deepEqual(box.entries.map(e => e.key), ['c:2', 'c:3'])
})

test('only a few are under way at a time', t => {
  timers(t)
  const { box, keys } = outbox(t)
  fill(box, 12)
  box.open()
  assert.equal(keys().length, 8)
  box.echoed('c:1')
  assert.deepEqual(keys(), ['c:9'])
})

test('many go at a pace the server admits', t => {
  timers(t)
  const { box, sent } = outbox(t)
  fill(box, 100)
  box.open()
  const at = []
  for (let ms = 0; ms < 10_000; ms += 10) {
    while (at.length < sent.length) {
      const { key } = sent[at.length]
      at.push(ms)
      box.echoed(key)
    }
    t.mock.timers.tick(10)
  }
  assert.equal(at.length, 100)
  const within = ms => Math.max(...at.map(from => at.filter(other => other >= from && other < from + ms).length))
  assert.ok(within(1_000) <= 40, `${within(1_000)} in a second`)
})

test('after a lost connection the unanswered go again, in order, under their keys', t => {
  timers(t)
  const { box, keys } = outbox(t)
  box.open()
  fill(box, 3)
  keys()
  box.close()
  box.echoed('c:1') // the catch-up brought it
  box.open()
  assert.deepEqual(keys(), ['c:2'], 'one by one: each may be stored')
  box.echoed('c:2')
  assert.deepEqual(keys(), ['c:3'])
})

test('a reload of the tab keeps what waits, under its old keys', t => {
  timers(t)
  const before = outbox(t)
  before.box.open()
  fill(before.box, 2)
  const after = outbox(t, { store: before.store, client: 'd' })
  after.box.add(0, 'new')
  after.box.open()
  for (const key of ['c:1', 'c:2', 'd:1']) {
    assert.deepEqual(after.keys(), [key])
    after.box.echoed(key)
  }
})

test('unavailable: the same key again after a while, later ones behind it, one by one', t => {
  timers(t)
  const { box, keys } = outbox(t)
  box.open()
  fill(box, 3)
  keys()
  box.refused('c:1', 'unavailable')
  box.refused('c:2', 'unavailable')
  box.refused('c:3', 'unavailable')
  assert.deepEqual(keys(), [])
  t.mock.timers.tick(10_000)
  assert.deepEqual(keys(), ['c:1'])
  box.echoed('c:1')
  assert.deepEqual(keys(), ['c:2'])
  box.echoed('c:2')
  assert.deepEqual(keys(), ['c:3'])
})

test('overtaken: it was refused, even if nobody said so', t => {
  timers(t)
  const { box, keys } = outbox(t)
  box.open()
  fill(box, 2)
  keys()
  box.close()
  box.echoed('c:2') // the catch-up
  box.open()
  assert.deepEqual(keys(), ['c:3'])
})

test('too fast: it and what waits behind it get new keys, once nothing is uncertain', t => {
  timers(t)
  const { box, keys } = outbox(t)
  box.open()
  fill(box, 3)
  keys()
  box.refused('c:2', 'too_fast')
  t.mock.timers.tick(2_000)
  assert.deepEqual(keys(), [], 'c:1 and c:3 may be stored')
  box.echoed('c:1')
  box.echoed('c:3')
  t.mock.timers.tick(2_000)
  assert.deepEqual(keys(), ['c:4'])
  box.echoed('c:4')
  assert.deepEqual(box.entries, [])
})

test('too fast, and the connection is lost: the uncertain one goes first, under its key', t => {
  timers(t)
  const { box, keys } = outbox(t)
  box.open()
  fill(box, 3)
  keys()
  box.echoed('c:1')
  box.refused('c:2', 'too_fast')
  box.close()
  box.open()
  t.mock.timers.tick(2_000)
  assert.deepEqual(keys(), ['c:3'])
  box.refused('c:3', 'duplicate')
  t.mock.timers.tick(2_000)
  assert.deepEqual(keys(), ['c:4'])
})

test('duplicate: it was stored, and is done', t => {
  timers(t)
  const { box } = outbox(t)
  box.open()
  fill(box, 1)
  box.refused('c:1', 'duplicate')
  assert.deepEqual(box.entries, [])
})

test('what can not be stored fails, holds nobody up, and may be tried again or removed', t => {
  timers(t)
  const { box, keys } = outbox(t)
  box.open()
  fill(box, 3)
  keys()
  box.refused('c:1', 'too_long', 'at most 10')
  box.refused('c:2', 'unknown_file', 'gone')
  box.echoed('c:3')
  assert.deepEqual(box.entries.map(e => e.failed.code), ['too_long', 'unknown_file'])
  box.retry('c:1')
  box.discard('c:2')
  assert.deepEqual(keys(), ['c:4'])
  box.close()
  box.open()
  assert.deepEqual(keys(), ['c:4'])
})

test('an error without a key, or for one that is done, changes nothing', t => {
  timers(t)
  const { box } = outbox(t)
  box.open()
  fill(box, 1)
  box.refused(undefined, 'bad_frame')
  box.refused('x:9', 'unavailable')
  assert.equal(box.entries[0].failed, null)
})

test('the one too large for the socket fails instead of closing every connection', t => {
  timers(t)
  const { box } = outbox(t)
  box.open()
  box.add(0, 'short')
  box.add(0, 'long '.repeat(900))
  box.close()
  box.tooLarge()
  assert.deepEqual(box.entries.map(e => e.failed?.code), [undefined, 'too_long'])
})

test('a connection that answers nothing for 15 s is reported', t => {
  timers(t)
  const { box } = outbox(t)
  box.open()
  fill(box, 1)
  t.mock.timers.tick(14_000)
  assert.ok(!box.silent)
  t.mock.timers.tick(1_000)
  assert.ok(box.silent)
})

test('unavailable, but stored: done, and the next one is repeated', t => {
  timers(t)
  const { box, keys } = outbox(t)
  box.open()
  fill(box, 2)
  keys()
  box.refused('c:1', 'unavailable')
  box.echoed('c:1')
  assert.deepEqual(box.entries.map(e => e.key), ['c:2'])
  t.mock.timers.tick(1_000)
  assert.deepEqual(keys(), ['c:2'])
})

test('overtaken, as the server says: a new key', t => {
  timers(t)
  const { box, keys } = outbox(t)
  box.open()
  fill(box, 1)
  keys()
  box.close()
  box.open()
  assert.deepEqual(keys(), ['c:1'])
  box.refused('c:1', 'overtaken')
  assert.deepEqual(keys(), ['c:2'])
})

test('a clock that is set back stops nothing', t => {
  const pace = new Pace(15, 20, 3_600_000)
  pace.take(3_600_000)
  assert.equal(pace.take(0), 0)
})

test('too fast for one that may be stored: the same key again, nothing later before it', t => {
  timers(t)
  const { box, keys } = outbox(t)
  box.open()
  fill(box, 2)
  keys()
  box.refused('c:1', 'unavailable')
  t.mock.timers.tick(1_000)
  assert.deepEqual(keys(), ['c:1'])
  box.refused('c:1', 'too_fast')
  t.mock.timers.tick(2_000)
  assert.deepEqual(keys(), ['c:1'])
})

test('whatever the server and the network do, each message is stored exactly once', t => {
  timers(t)
  for (let seed = 1; seed <= 200; seed++) {
    const server = new Server(dice(seed))
    const { box, sent } = outbox(t)
    box.open()
    for (let i = 0; i < 30; i++) box.add(0, `m${i}`)
    for (let step = 0; step < 5_000 && box.entries.length > 0; step++) {
      for (const frame of sent.splice(0)) server.take(frame)
      server.answer(box)
      if (server.random() < 0.02) {
        sent.length = 0
        server.lose()
        box.close()
        for (const { key } of server.stored) box.echoed(key) // the catch-up
        box.open()
      }
      t.mock.timers.tick(100)
    }
    box.close()
    const payloads = server.stored.map(s => s.payload)
    const expected = Array.from({ length: 30 }, (_, i) => `m${i}`)
    assert.deepEqual(box.entries, [], `seed ${seed}: all done`)
    assert.deepEqual([...payloads].sort(), [...expected].sort(), `seed ${seed}: none lost, none twice`)
    if (!server.wasFast) assert.deepEqual(payloads, expected, `seed ${seed}: in order`)
  }
})

/**
 * The rules of a post, with faults. An unavailable one is stored or not, and holds back what follows,
 * until it comes again, or is published after all: then the first that was refused behind it does.
 */
class Server {
  stored = []
  wasFast = false
  #highest = 0
  #held = null
  #next = null
  #late = null
  #answers = []

  constructor (random) {
    this.random = random
  }

  take ({ key, payload }) {
    const n = Number(key.split(':')[1])
    if (this.random() < 0.06) {
      this.wasFast = true
      return this.#say(key, 'too_fast')
    }
    if (this.#held !== null && n > this.#held) {
      this.#next = Math.min(this.#next ?? n, n)
      return this.#say(key, 'unavailable')
    }
    this.#held = this.#next = null
    if (n <= this.#highest) return this.#say(key, this.stored.some(s => s.key === key) ? 'echo' : 'overtaken')
    const luck = this.random()
    if (luck < 0.92) this.#store(n, key, payload)
    if (luck < 0.84) return this.#say(key, 'echo')
    this.#held = n
    this.#say(key, 'unavailable')
    if (luck < 0.92) this.#late = key // it was stored, and will be published after all
  }

  answer (box) {
    if (this.#late && this.random() < 0.3) {
      this.#say(this.#late, 'echo')
      if (this.#held !== null) [this.#held, this.#next] = [this.#next, null]
      this.#late = null
    }
    const some = Math.floor(this.random() * 4)
    for (const [key, code] of this.#answers.splice(0, some)) code === 'echo' ? box.echoed(key) : box.refused(key, code)
  }

  lose () {
    this.#answers = []
    this.#held = this.#next = this.#late = null // what is held back belongs to a connection
  }

  #store (n, key, payload) {
    this.#highest = n
    this.stored.push({ key, payload })
  }

  #say (...answer) {
    this.#answers.push(answer)
  }
}

/** The same throws for the same seed. */
function dice (seed) {
  return () => {
    seed = (seed * 1664525 + 1013904223) >>> 0
    return seed / 2 ** 32
  }
}
