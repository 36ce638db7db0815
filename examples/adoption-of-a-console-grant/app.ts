import { App } from 'aws-cdk-lib';
import { AdoptionStack } from './adoption-stack';

const app = new App();
const context = (key: string) => app.node.tryGetContext(key);

new AdoptionStack(app, 'Adoption', {
  // The account in which the grant was made in the console.
  env: { account: context('managementAccount'), region: 'us-east-1' },
  granteeAccount: context('granteeAccount'),
  grantName: context('grantName'),
  lookAgain: context('lookAgain'),
});
