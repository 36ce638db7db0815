import { findReceivedGrant } from '../../../../lambda/domain/received-grant/find-received-grant';
import type { ReceivedGrantsGateway } from '../../../../lambda/domain/received-grant/received-grants-gateway';
import { grant } from '../../support/grants';
import { NotedClock } from '../../support/noted-clock';

const UNIT = 'arn:aws:organizations::111111111111:ou/o-exampleorg1/ou-ex01-workload';

// The simulated organization shows the parts of a grant as soon as it is made.
test('the grant of a unit whose part does not reach the account fails when the time is up, with how long that can take', async () => {
  const clock = new NotedClock();
  const began = clock.now();
  const search = findReceivedGrant({
    selection: { productSku: 'sku-1' },
    homeRegion: 'us-east-1',
    granteePrincipalArn: 'arn:aws:iam::222222222222:root',
    toBeRejected: false,
    licenseManager: { listReceivedGrants: async () => [grant({ arn: 'of-the-unit', granteePrincipalArn: UNIT })] } as unknown as ReceivedGrantsGateway,
    clock,
    arrivesBy: began + 60_000,
    journal: { note: () => undefined },
  });
  await expect(search).rejects.toThrow(/this account does not have its part yet of of-the-unit .*Next: deploy again once the part has arrived, .*hours or days/);
  expect(clock.pauses.length).toBeGreaterThan(1);
  expect(clock.now() - began).toBeLessThanOrEqual(60_000);
});
