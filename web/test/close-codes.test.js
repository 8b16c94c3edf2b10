import assert from 'node:assert/strict'
import test from 'node:test'
import { afterClose, backOff, reasonOf } from '../js/net/close-codes.js'

test('the range of a close code decides whether to come back', () => {
  for (const code of [1001, 1005, 1006, 1009, 1011, 4000, 4001, 4499]) assert.equal(afterClose(code), 'back', code)
  for (const code of [1000, 4500, 4501, 4502, 4503, 4999]) assert.equal(afterClose(code), 'away', code)
  assert.equal(afterClose(1012), 'now')
})

test('each code to stay away has a reason, unknown ones too', () => {
  assert.deepEqual([1000, 4500, 4501, 4502, 4503, 4777].map(reasonOf),
    ['done', 'ended', 'expired', 'banned', 'replaced', 'refused'])
})

test('the back-off jitters fully between half a second and a ceiling that doubles up to 20 s', () => {
  assert.deepEqual([0, 1, 2, 5, 6, 99].map(attempt => backOff(attempt, () => 1)), [1000, 2000, 4000, 20000, 20000, 20000])
  for (let attempt = 0; attempt < 50; attempt++) {
    assert.equal(backOff(attempt, () => 0), 500)
    const delay = backOff(attempt)
    assert.ok(delay >= 500 && delay <= 20_000)
  }
})
