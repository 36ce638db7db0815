import { ANSWERS_THAT_LEAVE_THE_MODEL } from './answers';
import { invalidRequest } from './errors';
import { LicenseManagerState } from './license-manager-state';
import { AcceptGrant } from './operations/accept-grant';
import { CreateGrant } from './operations/create-grant';
import { CreateGrantVersion } from './operations/create-grant-version';
import { DeleteGrant } from './operations/delete-grant';
import { GetGrant } from './operations/get-grant';
import { GetLicense } from './operations/get-license';
import { ListDistributedGrants, ListReceivedGrants, ListReceivedGrantsForOrganization } from './operations/list-grants';
import { ListReceivedLicenses, ListReceivedLicensesForOrganization } from './operations/list-licenses';
import { RejectGrant } from './operations/reject-grant';
import { ListTagsForResource, TagResource, UntagResource } from './operations/resource-tags';
import { GetServiceSettings, UpdateServiceSettings } from './operations/service-settings';
import { ServiceModel } from '../../model/service-model';
import document from '../../models/license-manager.json';
import { Service } from '../../wire/service';

/** AWS License Manager, as far as granted licenses go. */
export function licenseManager(state: LicenseManagerState): Service {
  return {
    model: new ServiceModel(document),
    exemptAnswerMembers: ANSWERS_THAT_LEAVE_THE_MODEL,
    operations: {
      CreateGrant: new CreateGrant(state),
      CreateGrantVersion: new CreateGrantVersion(state),
      AcceptGrant: new AcceptGrant(state),
      RejectGrant: new RejectGrant(state),
      DeleteGrant: new DeleteGrant(state),
      GetGrant: new GetGrant(state),
      ListDistributedGrants: new ListDistributedGrants(state),
      ListReceivedGrants: new ListReceivedGrants(state),
      ListReceivedGrantsForOrganization: new ListReceivedGrantsForOrganization(state),
      ListReceivedLicenses: new ListReceivedLicenses(state),
      ListReceivedLicensesForOrganization: new ListReceivedLicensesForOrganization(state),
      GetLicense: new GetLicense(state),
      GetServiceSettings: new GetServiceSettings(state),
      UpdateServiceSettings: new UpdateServiceSettings(state),
      TagResource: new TagResource(state),
      UntagResource: new UntagResource(state),
      ListTagsForResource: new ListTagsForResource(state),
    },
    invalidRequest,
  };
}
