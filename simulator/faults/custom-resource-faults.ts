import { CustomResourceFaultName, Fault } from './fault';
import { Trigger } from './trigger';
import { CustomResourceEvent } from '../cloudformation/custom-resource/custom-resource-event';
import { Delivery, ResponseFate } from '../cloudformation/custom-resource/delivery';

/** Lets go wrong between CloudFormation and functions what the faults say. */
export class CustomResourceFaults implements Delivery {
  private readonly triggers: readonly Trigger[];

  constructor(faults: readonly Fault[], seed: number) {
    this.triggers = faults.map((fault) => new Trigger(fault, seed));
  }

  repetitions(event: CustomResourceEvent): readonly number[] {
    const source = `${event.StackId} ${event.LogicalResourceId}`;
    return this.struck('duplicate-event', event, source).map(({ fault }) => fault.where.durationMilliseconds!);
  }

  fateOfResponse(event: CustomResourceEvent): ResponseFate {
    if (this.struck('response-reset', event, event.RequestId).length > 0) return 'reset';
    return this.struck('response-error', event, event.RequestId).length > 0 ? 'refused' : 'taken';
  }

  private struck(name: CustomResourceFaultName, event: CustomResourceEvent, source: string): Trigger[] {
    const functionName = event.ServiceToken.split(':').at(-1);
    return this.triggers
      .filter(({ fault }) => fault.name === name)
      .filter((trigger) => trigger.hits({ source, requestType: event.RequestType, functionName }));
  }
}
