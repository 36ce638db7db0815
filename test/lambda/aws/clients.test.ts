import { SFNClient } from '@aws-sdk/client-sfn';
import { STSClient } from '@aws-sdk/client-sts';
import { CLIENT_CONFIGURATION, ONE_ATTEMPT_CONFIGURATION } from '../../../lambda/aws/client-configuration';
import { Clients } from '../../../lambda/aws/clients';

const OTHERS = { accessKeyId: '222222222222', secretAccessKey: 'none', sessionToken: 'token' };

test('a client is kept for its service and Region', () => {
  const clients = new Clients();
  const kept = clients.of(SFNClient, 'eu-central-1', ONE_ATTEMPT_CONFIGURATION);
  expect(clients.of(STSClient, 'eu-central-1', CLIENT_CONFIGURATION)).toBeInstanceOf(STSClient);
  expect(clients.of(SFNClient, 'us-east-1', ONE_ATTEMPT_CONFIGURATION)).not.toBe(kept);
  expect(clients.of(SFNClient, 'eu-central-1', ONE_ATTEMPT_CONFIGURATION)).toBe(kept);
});

test('a client is configured for its Region and as it is asked for', async () => {
  const { config } = new Clients().of(SFNClient, 'us-east-1', ONE_ATTEMPT_CONFIGURATION);
  expect(await config.region()).toBe('us-east-1');
  expect(await config.maxAttempts()).toBe(1);
});

test('nobody gets the client of somebody else', async () => {
  const others = new Clients(OTHERS).of(SFNClient, 'us-east-1', ONE_ATTEMPT_CONFIGURATION);
  expect(await others.config.credentials()).toMatchObject(OTHERS);
  expect(new Clients().of(SFNClient, 'us-east-1', ONE_ATTEMPT_CONFIGURATION)).not.toBe(others);
});
