import { AwsServiceLinkedRoles } from '../../../lambda/aws/aws-service-linked-roles';
import { Clients } from '../../../lambda/aws/clients';
import { CORE_ROLE } from '../../../lambda/domain/setup/service-linked-role';
import { NotedClock } from '../support/noted-clock';
import { SimulatedStack } from '../support/simulated-stack';

let stack: SimulatedStack;
let roles: AwsServiceLinkedRoles;

beforeEach(async () => {
  stack = await SimulatedStack.start();
  process.env.AWS_ENDPOINT_URL = stack.aws.endpoint;
  const clients = new Clients({ accessKeyId: '222222222222', secretAccessKey: 'none' });
  roles = new AwsServiceLinkedRoles(clients, 'eu-central-1', { clock: new NotedClock(), deadline: 60_000, permissionsSpreadUntil: 0, seed: 'x' });
});

afterEach(async () => stack.stop());

test('a role is there after it was created', async () => {
  expect(await roles.exists(CORE_ROLE)).toBe(false);
  expect(await roles.create(CORE_ROLE)).toBe(true);
  expect(await roles.exists(CORE_ROLE)).toBe(true);
});

test('a role that somebody created a moment before counts as there, and as not created', async () => {
  await roles.create(CORE_ROLE);
  expect(await roles.create(CORE_ROLE)).toBe(false);
});

test('bad input, which has the same error name, is no success', async () => {
  await expect(roles.create({ servicePrincipal: 'nobody.amazonaws.com', name: 'Nobody' })).rejects.toMatchObject({
    action: 'iam:CreateServiceLinkedRole', code: 'InvalidInputException',
  });
});
