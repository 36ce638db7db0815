import type { Ending } from './settlement';
import { Failure } from '../../domain/failure';
import type { Passed } from '../custom-resource';

/** What the passes have come to. */
export type Ended = Extract<Passed<object>, { kind: 'settled' }> | (Extract<Passed<object>, { kind: 'failed' }> & { readonly error: Ending['error'] });

/** As a pass before has left it. */
export function endedAs({ error, asked, said, next }: Ending): Ended {
  return { kind: 'failed', error, failure: new Failure(asked, said, next) };
}

/** The end that the passes have come to holds, whatever stands in the way of the rest. */
export function withObstacle(ended: Ended, obstacle: string | undefined): Ended {
  if (obstacle === undefined) {
    return ended;
  }
  if (ended.kind === 'settled') {
    return { ...ended, settled: { ...ended.settled, reason: obstacle } };
  }
  const { failure: { asked, said, next }, asItIs } = ended;
  return {
    ...ended,
    failure: new Failure(asked, `${said}; ${obstacle}`, next),
    asItIs: asItIs && { ...asItIs, reason: `${asItIs.reason}; ${obstacle}` },
  };
}
