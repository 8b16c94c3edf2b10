import * as api from './net/api.js'
import { Channel } from './net/channel.js'
import { upload } from './net/upload.js'
import { socketUrl } from './net/urls.js'
import { fileOf } from './state/conversation.js'
import { FILE } from './state/events.js'
import { countUnseen, firstUnseen } from './state/seen.js'
import { Session } from './state/session.js'
import { OwnTyping, PeerTyping } from './state/typing.js'
import { attentive, onAttention } from './view/attention.js'
import { Composer } from './view/composer.js'
import { ConnectionBar } from './view/connection-bar.js'
import { $ } from './view/dom.js'
import { hideEnded, showEnded } from './view/ended.js'
import { MessageList } from './view/message-list.js'
import { Parting } from './view/parting.js'
import { showPeer, showPresence, showTyping } from './view/peer.js'
import { Uploads } from './view/upload.js'

const SLEPT = 60_000 // ms; a page that was hidden for longer may have lost its connection without a word

const session = new Session()
const here = session.channel()
if (here) talk(here)
else location.replace('index.html')

function talk ({ token, self, peer, id }) {
  const page = new AbortController()
  const { signal } = page
  const peerTyping = new PeerTyping(on => showTyping(on && name))
  const ownTyping = new OwnTyping()
  let name = 'Stranger' // until the peer is known
  let met = false
  let ended = false

  const list = new MessageList({
    scroller: $('scroller'),
    list: $('messages'),
    pending: $('pending'),
    latest: $('latest'),
    attentive,
    signal,
    onShown: id => { channel.shown(id); count() }
  })
  const bar = new ConnectionBar({ onTry: () => channel.hurry(), signal })
  const channel = new Channel({
    self,
    peer,
    open: since => new WebSocket(socketUrl('/api/chat', { since }), ['randomchat', `bearer.${token}`]),
    history: signal => api.history(token, signal),
    refusal: () => api.forwardAuth(token, signal).then(() => null, e => e.gone ? 'ended' : null),
    store: session.outbox(id),
    seen: session.seen(id),
    onChanges: changed,
    onOutbox: showPending,
    onState: state => {
      bar.show(state)
      if (state.state === 'open' && !met) meet()
      if (state.state === 'ended') over(state.reason)
    }
  })
  const composer = new Composer({
    signal,
    onSend: text => {
      list.clearDivider()
      list.toLatest()
      channel.say(text)
    },
    onChange: text => tellTyping(ownTyping.changed(text, Date.now()))
  })

  new Parting({
    signal,
    name: () => name,
    leave,
    block: async () => {
      await api.block(token)
      if (!ended) await leave()
    }
  })
  const uploads = new Uploads({
    signal,
    send: (file, options) => upload(file, token, options),
    onSent: ({ name, object_key: key }) => channel.share(name, key)
  })

  let caughtUp = false
  function changed (changes, model) {
    const has = type => changes.some(change => change.type === type)
    if (has('caught-up')) {
      // Only now is it known what is new: shown one by one, the last would be taken for seen.
      list.update(model, has('replaced') || !caughtUp)
      reveal(caughtUp && attentive())
      caughtUp = true
    } else if (caughtUp && model.head === null && has('appended')) {
      list.update(model, false)
    }
    if (has('seen')) list.seen(model.peerSeen)
    if (has('peer') || has('left')) showPresence(model.peerOnline, model.left)
    for (const change of changes) {
      if (change.type === 'typing') peerTyping.set(change.on)
      if (change.type === 'left') over(change.own ? 'own' : 'left')
    }
    count()
  }

  function reveal (quietly = false) {
    list.reveal(firstUnseen(channel.model.messages, channel.seen), quietly)
  }

  function count () {
    const unseen = countUnseen(channel.model.messages, channel.seen)
    $('latest-count').textContent = unseen || ''
    document.title = unseen > 0 && !attentive() ? `(${unseen}) ${name}` : name
  }

  function showPending (entries) {
    list.showPending(entries,
      entry => entry.event === FILE ? { file: fileOf(entry.payload) } : { text: entry.payload },
      { onRetry: id => channel.retry(id), onDiscard: id => channel.discard(id), over: ended })
  }

  function tellTyping (action) {
    if (action) channel.typing(action)
  }

  async function meet () {
    try {
      const user = await api.user(peer, signal)
      name = user.name
      met = true
      showPeer(user)
      count()
    } catch {
      // a stranger stays a stranger; the next connection asks again
    }
  }

  /** No more here. Unless it only goes on in another tab, the token has done its work. */
  function over (reason) {
    peerTyping.set(false)
    composer.show(false)
    showEnded(reason)
    if (reason === 'replaced') return
    ended = true
    showPending(channel.outbox)
    uploads.close()
    showPresence(null, true)
    session.forget(here)
  }

  async function leave () {
    try {
      await api.leave(token)
    } catch (e) {
      if (!e.gone) throw e // somebody was faster
    }
    channel.end('own')
  }

  $('here').addEventListener('click', () => {
    hideEnded()
    composer.show(true)
    composer.focus()
    channel.start()
  }, { signal })

  for (const event of ['online', 'pageshow']) addEventListener(event, () => channel.hurry(), { signal })
  let hiddenAt = null
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) hiddenAt = Date.now()
    else if (hiddenAt !== null && Date.now() - hiddenAt > SLEPT) channel.resume()
    if (!document.hidden) channel.hurry()
  }, { signal })
  // A connection from before a break in the network may be dead without anybody having noticed.
  let offline = false
  addEventListener('offline', () => { offline = true }, { signal })
  addEventListener('online', () => {
    if (offline) channel.resume()
    offline = false
  }, { signal })
  let knewUpTo = 0 // when attention went
  let wasAtEnd = true
  onAttention(on => {
    const { messages, last } = channel.model
    if (!on) [knewUpTo, wasAtEnd] = [last.id, list.atEnd]
    else if (firstUnseen(messages, knewUpTo)) reveal(!wasAtEnd)
    else list.lookAgain()
    count()
  }, signal)
  addEventListener('pagehide', e => e.persisted || page.abort(), { signal })

  showPending(channel.outbox)
  channel.start()
}
