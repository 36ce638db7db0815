import { Failure } from '../domain/failure';

/** The result of the work, or a failure if it takes longer than that. */
export async function within<Result>(milliseconds: number, work: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const timeIsUp = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Failure('The request', 'AWS did not answer a call before the time of the function was up', 'deploy again')), milliseconds);
  });
  try {
    return await Promise.race([work, timeIsUp]);
  } finally {
    clearTimeout(timer);
  }
}
