import { App } from 'aws-cdk-lib';
import { OrganizationWithExceptionsStack } from './organization-with-exceptions-stack';

const app = new App();
const context = (key: string) => app.node.tryGetContext(key);

new OrganizationWithExceptionsStack(app, 'OrganizationWithExceptions', {
  // The management account of your organization; managed entitlements live in us-east-1.
  env: { account: context('managementAccount'), region: 'us-east-1' },
  except: context('except'),
  reason: context('reason'),
});
