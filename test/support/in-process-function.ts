import { Clients } from '../../lambda/aws/clients';
import type { CustomResourceFactories } from '../../lambda/cloudformation/custom-resource';
import type { CustomResourceEvent } from '../../lambda/cloudformation/custom-resource-event';
import { serve } from '../../lambda/cloudformation/serve';
import type { LastTask, PassResult, SettlementTask } from '../../lambda/cloudformation/settlement/settlement';
import type { Clock } from '../../lambda/domain/clock';
import { resources as entitlements } from '../../lambda/handlers/entitlements';
import { resources as grantActivation } from '../../lambda/handlers/grant-activation';
import { resources as memberSetup } from '../../lambda/handlers/member-setup';
import { resources as organizationSetup } from '../../lambda/handlers/organization-setup';
import { resources as receivedGrants } from '../../lambda/handlers/received-grants';

/** All of the library's handlers in this process as one function, with the permissions of its account. Its clients are its own. */
export class InProcessFunction {
  private readonly resources: CustomResourceFactories;

  constructor(private readonly endpoint: string, accountId: string) {
    // The simulated services take the id of an account for an access key.
    const clients = new Clients({ accessKeyId: accountId, secretAccessKey: 'any' });
    this.resources = {
      ...entitlements(clients), ...organizationSetup(clients), ...memberSetup(clients), ...receivedGrants(clients), ...grantActivation(clients),
    };
  }

  async invoke(event: CustomResourceEvent | SettlementTask | LastTask, clock: Clock, timeoutMilliseconds: number): Promise<PassResult | void> {
    // Clients look there when they are first used.
    process.env.AWS_ENDPOINT_URL = this.endpoint;
    const end = clock.now() + timeoutMilliseconds;
    return serve(this.resources, clock)(event, { getRemainingTimeInMillis: () => end - clock.now() });
  }
}
