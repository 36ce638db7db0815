import { createHash } from 'node:crypto';
import type { CustomResourceEvent } from './custom-resource-event';

/** A token that is the same whenever the same step of the same request is taken, and no other. */
export function clientTokenOf(event: Pick<CustomResourceEvent, 'StackId' | 'LogicalResourceId' | 'RequestId'>, step: string): string {
  return createHash('sha256').update(JSON.stringify([event.StackId, event.LogicalResourceId, event.RequestId, step])).digest('hex');
}
