import assert from 'node:assert/strict'
import test from 'node:test'
import { avatarUrl, fileUrl, socketUrl } from '../js/net/urls.js'

const ORIGIN = 'https://chat.example'

test('files of this origin pass', () => {
  assert.equal(fileUrl('/files/9/00ff.png', ORIGIN), 'https://chat.example/files/9/00ff.png')
  assert.equal(fileUrl('https://chat.example/files/9/a.png', ORIGIN), 'https://chat.example/files/9/a.png')
})

test('everything else does not', () => {
  const foreign = [
    'https://evil.example/files/a.png', '//evil.example/files/a.png', '\\\\evil.example/files/a.png',
    'http://chat.example/files/a.png', 'https://chat.example:8443/files/a.png', 'https://u:p@chat.example/files/a.png',
    'javascript:alert(1)', 'data:text/html,x', 'blob:https://chat.example/files/', '/files/../api/user/me',
    '/files/%2e%2e/api/user/me', '/api/user/me', '/files/', '/filesx/a', '', null, undefined, 7, {}, 'https://['
  ]
  for (const url of foreign) assert.equal(fileUrl(url, ORIGIN), null, String(url))
})

test('pictures of people come from the avatar path only', () => {
  assert.equal(avatarUrl('/api/user/avatar/7.svg', ORIGIN), 'https://chat.example/api/user/avatar/7.svg')
  assert.equal(avatarUrl('/files/9/a.svg', ORIGIN), null)
})

test('a socket has the scheme of its page', () => {
  assert.equal(socketUrl('/api/chat', { since: '3.17' }, new URL('https://chat.example/chat.html#x')), 'wss://chat.example/api/chat?since=3.17')
  assert.equal(socketUrl('/api/match', { waiting: '1' }, new URL('http://localhost:8080/')), 'ws://localhost:8080/api/match?waiting=1')
})
