const MAX_INTERESTS = 5 // the server takes no more
const LONGEST_INTEREST = 32 // code points; the server refuses longer ones, and what can not be seen
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu

/** The screens of the start page: name → waiting → matched, or replaced by another tab. */
export const start = { screen: 'name', notice: null, position: null, online: null, retrying: false, matched: null }

const NOTICES = {
  unknown: 'Your name has expired. Please choose one again.',
  expired: 'Your name has expired. Please choose one again.',
  banned: 'That was a bit too much at once. Please try again in a while.',
  done: 'The search was stopped. Start again whenever you like.',
  refused: 'The server does not want to search right now. Please try again later.'
}

export function next (state, event) {
  switch (event.type) {
    case 'started':
      return { ...start, screen: 'waiting' }
    case 'cancelled':
      return start
    case 'frame':
      return frame(state, event.frame)
    case 'socket':
      return socket(state, event)
    default:
      return state
  }
}

function frame (state, { waiting, access_token: token, channel_id: channel }) {
  if (typeof token === 'string' && token) return { ...state, screen: 'matched', matched: { token, channel } }
  if (waiting) return { ...state, position: waiting.position, online: waiting.online }
  return state
}

function socket (state, { state: socket, reason }) {
  if (state.screen !== 'waiting') return state
  if (socket === 'waiting') return { ...state, retrying: true, position: null }
  if (socket === 'open') return { ...state, retrying: false }
  if (socket !== 'ended') return state
  if (reason === 'replaced') return { ...start, screen: 'replaced' }
  return { ...start, notice: NOTICES[reason] ?? NOTICES.refused, forgetName: reason === 'unknown' || reason === 'expired' }
}

/** 'chess, Chess ,go' → ['chess', 'go'] */
export function interestsOf (text) {
  const words = text.split(/[,;\n]/).map(interest).filter(Boolean)
  return [...new Set(words)].slice(0, MAX_INTERESTS)
}

function interest (word) {
  const letters = [...word.normalize('NFC').toLowerCase().normalize('NFC').replace(UNSEEN, '').trim()]
  return letters.slice(0, LONGEST_INTEREST).join('').trim()
}
