import { confirm } from './confirm.js'
import { $ } from './dom.js'

/** The ways out of a conversation, each after a question. `leave()` and `block()` may fail, and say why. */
export class Parting {
  constructor ({ name, leave, block, signal }) {
    $('leave').addEventListener('click', () => confirm({
      title: 'Leave this conversation?',
      text: 'It ends for both of you, and its files are removed.',
      yes: 'Leave',
      act: leave
    }), { signal })
    for (const button of [$('block'), $('block-after')]) {
      button.addEventListener('click', () => confirm({
        title: `Block ${name()}?`,
        text: 'You will never be matched with each other again.',
        yes: 'Block',
        act: async () => {
          await block()
          $('block-after').hidden = true
        }
      }), { signal })
    }
  }
}
