import type { Clock } from '../domain/clock';

export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: async (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
};
