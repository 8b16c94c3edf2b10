import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import test from 'node:test'
import { Channel } from '../js/net/channel.js'
import { conversation, receive } from '../js/state/conversation.js'
import { next, start } from '../js/state/match.js'
import { FakeSocket, memory, sync } from './fakes.js'

const read = name => JSON.parse(readFileSync(new URL(`../../docs/contract/${name}`, import.meta.url)))
const chat = read('chat-frames.json')
const match = read('match-frames.json')

test('every frame of a server means something here', () => {
  const expected = {
    text: 'appended',
    file: 'appended',
    'peer types': 'typing',
    alone: 'peer',
    'the peer is here': 'peer',
    'the peer went offline': 'peer',
    'somebody left': 'left',
    seen: 'seen',
    error: 'refused',
    sync: 'seen'
  }
  for (const { name, frame } of chat.server) {
    const id = Number(frame.message_id) || 1
    const model = { ...conversation('11', '22'), last: { id: id - 1, time: null } }
    const { changes } = receive(model, frame)
    assert.equal(changes[0]?.type, expected[name], name)
  }
})

test('a file carries all that is needed to show it', () => {
  const { frame } = chat.server.find(({ name }) => name === 'file')
  const model = { ...conversation('11', '22'), last: { id: 1, time: null } }
  const [{ message }] = receive(model, frame).changes
  assert.deepEqual(message.file, { name: 'cat.png', url: '/files/9/00ff.png', type: 'image/png', size: 3 })
})

test('what this client sends is what the servers are tested with', t => {
  t.mock.timers.enable({ apis: ['setTimeout', 'Date'] })
  const golden = name => JSON.parse(chat.client.find(frame => frame.name === name).frame)
  FakeSocket.made = []
  const channel = new Channel({
    self: '11',
    peer: '22',
    open: () => new FakeSocket(),
    refusal: async () => null,
    history: async () => [],
    store: memory(),
    seen: { load: () => 0, save () {} },
    onChanges () {},
    onState () {},
    onOutbox () {}
  })
  channel.start()
  FakeSocket.last.accept()
  FakeSocket.last.say(sync(0))
  channel.say('hello')
  channel.share('cat.png', '9/00ff.png')
  channel.typing('istyping')
  channel.typing('endtyping')
  channel.shown(12)
  const [text, file, ...rest] = FakeSocket.last.sent
  const keyless = ({ key, ...frame }) => frame
  assert.deepEqual(keyless(text), keyless(golden('text')))
  assert.deepEqual(keyless(file), keyless(golden('file')))
  assert.deepEqual(rest, [golden('typing'), golden('typing ended'), golden('seen')])
  assert.match(text.key, /^[0-9a-f]{24}:1$/)
  assert.match(file.key, /^[0-9a-f]{24}:2$/)
})

test('every frame of a match means something here', () => {
  const [matched, waiting] = match.server.map(({ frame }) => next({ ...start, screen: 'waiting' }, { type: 'frame', frame }))
  assert.deepEqual(matched.matched, { token: '<channel token>', channel: '9' })
  assert.deepEqual([waiting.position, waiting.online], [3, 12])
})
