import * as api from './net/api.js'
import { LiveSocket } from './net/socket.js'
import { socketUrl } from './net/urls.js'
import { interestsOf, next, start } from './state/match.js'
import { Session } from './state/session.js'
import { $, tell } from './view/dom.js'
import { Welcome } from './view/start.js'
import { Waiting } from './view/waiting.js'

const page = new AbortController()
const { signal } = page
const session = new Session()
let state = start
let known = null // the user this browser is, as far as the server knows

const socket = new LiveSocket({
  open: () => {
    const interests = interestsOf(session.interests).join(',')
    return new WebSocket(socketUrl('/api/match', { waiting: '1', ...(interests && { interests }) }))
  },
  refusal: () => api.me(signal).then(() => null, e => e.gone ? 'unknown' : null),
  onState: socketState => step({ type: 'socket', ...socketState }),
  onFrame: frame => step({ type: 'frame', frame })
})
const welcome = new Welcome({ interests: session.interests, onStart: begin, signal })
const waiting = new Waiting({ onCancel: () => { socket.stop(); step({ type: 'cancelled' }) }, onTakeOver: search, signal })

function step (event) {
  const before = state
  state = next(state, event)
  if (state === before) return
  if (state.screen === 'matched') return enter(state.matched.token)
  if (state.forgetName) forgetName()
  render()
}

function render () {
  welcome.show(state.screen === 'name')
  waiting.show(state)
  tell($('notice'), state.notice)
  $('resume').hidden = state.screen === 'waiting' || !session.shared()
}

function forgetName () {
  session.named = false
  welcome.known(known = null)
}

async function begin (name, interests) {
  session.interests = interests
  if (!name) return welcome.error('Please choose a name.')
  welcome.busy(true)
  try {
    if (known?.name !== name) known = await api.createUser(name)
    session.named = true
    welcome.known(known.name)
    search()
  } catch (e) {
    welcome.error(e.msg ?? String(e))
  } finally {
    welcome.busy(false)
  }
}

function search () {
  step({ type: 'started' })
  socket.start()
}

function enter (token) {
  session.enter(token)
  waiting.show(state)
  socket.stop() // closing tells the server that the match arrived
  page.abort()
  location.assign('chat.html')
}

async function welcomeBack () {
  render()
  const again = location.hash === '#again'
  if (again) history.replaceState(null, '', location.pathname)
  if (!session.named) return
  try {
    known = await api.me(signal)
  } catch (e) {
    if (e.gone) forgetName()
    return // no server yet, maybe: the form asks for a name either way
  }
  if (state.screen !== 'name') return
  welcome.known(known.name)
  if (again) search()
}

/** A conversation that has ended elsewhere is no place to go back to. */
async function checkResume () {
  const channel = session.shared()
  if (!channel) return
  try {
    await api.forwardAuth(channel.token, signal)
  } catch (e) {
    if (e.gone) session.forget(channel)
  }
  if (!signal.aborted) render()
}

for (const event of ['online', 'pageshow']) addEventListener(event, () => socket.hurry(), { signal })
document.addEventListener('visibilitychange', () => document.hidden || socket.hurry(), { signal })
addEventListener('storage', () => { render(); checkResume() }, { signal }) // another tab found somebody, or left
addEventListener('pageshow', e => e.persisted && location.reload()) // back from a conversation: begin afresh

welcomeBack()
checkResume()
