const REASONS = {
  1000: 'done',
  4500: 'ended',
  4501: 'expired',
  4502: 'banned',
  4503: 'replaced'
}

/**
 * What a close code asks of a client: stay 'away', come 'back' after a while, or 'now' (the replica
 * goes and has spread its clients over time already).
 */
export function afterClose (code) {
  if (code === 1000 || (code >= 4500 && code <= 4999)) return 'away'
  return code === 1012 ? 'now' : 'back'
}

export const reasonOf = code => REASONS[code] ?? 'refused'

const SHORTEST = 500 // ms; below it a server that is starting would be asked several times over
const LONGEST = 20_000 // ms; what somebody who looks at the page is willing to wait

/** Full jitter: anything between the shortest wait and a ceiling that doubles, so that crowds spread. */
export function backOff (attempt, random = Math.random) {
  const ceiling = Math.min(LONGEST, SHORTEST * 2 ** (Math.min(attempt, 16) + 1))
  return SHORTEST + random() * (ceiling - SHORTEST)
}
