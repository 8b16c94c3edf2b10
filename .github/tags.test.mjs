import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import test from 'node:test'
import { fileURLToPath } from 'node:url'

const script = fileURLToPath(new URL('tags.sh', import.meta.url))

const tags = (event, ref) => {
  const { status, stdout } = spawnSync(script, [event, ref], { encoding: 'utf8' })
  return status === 0 ? stdout.trim().split('\n') : stdout + 'refused'
}

const table = [
  ['pull_request', 'refs/pull/2/merge', ['pr-2']],
  ['pull_request', 'refs/pull/1034/merge', ['pr-1034']],
  ['push', 'refs/heads/master', ['master']],
  ['push', 'refs/heads/releases/v1', ['releases-v1']],
  ['push', 'refs/heads/releases/v1.4', ['releases-v1.4']],
  ['push', 'refs/tags/v1.2.3', ['v1.2.3', 'latest']],
  ['push', 'refs/tags/v10.20.30', ['v10.20.30', 'latest']],
  ['push', 'refs/tags/v2.0.8-beta.67', ['v2.0.8-beta.67', 'latest']],
  ['push', 'refs/tags/v1.0.0-rc-1', ['v1.0.0-rc-1', 'latest']],
  ['push', 'refs/tags/1.2.3', 'refused'],
  ['push', 'refs/tags/v1.2', 'refused'],
  ['push', 'refs/tags/v01.2.3', 'refused'],
  ['push', 'refs/tags/v1.2.3-', 'refused'],
  ['push', 'refs/tags/v1.2.3+build', 'refused'],
  ['push', 'refs/tags/v1.2.3 latest', 'refused'],
  ['push', 'refs/tags/latest', 'refused'],
  ['push', 'refs/heads/feature/x', 'refused'],
  ['push', 'refs/heads/releases/v1/x', 'refused'],
  ['push', 'refs/heads/releases/next', 'refused'],
  ['push', 'refs/heads/main', 'refused'],
  ['push', 'refs/pull/2/merge', 'refused'],
  ['pull_request', 'refs/heads/master', 'refused'],
  ['pull_request', 'refs/pull/2x/merge', 'refused'],
  ['pull_request_target', 'refs/heads/master', 'refused'],
  ['schedule', 'refs/heads/master', 'refused'],
]

for (const [event, ref, expected] of table) {
  test(`${event} of ${ref}: ${expected}`, () => assert.deepEqual(tags(event, ref), expected))
}
