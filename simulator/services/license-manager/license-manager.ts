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
import { shownState } from './shown-state';
import { ServiceModel } from '../../model/service-model';
import document from '../../models/license-manager.json';
import { Service } from '../../wire/service';
import { Reads } from '../reads';

/** AWS License Manager, as far as granted licenses go. */
export function licenseManager(state: LicenseManagerState, reads: Reads): Service {
  const shown = shownState(state, reads);
  return {
    model: new ServiceModel(document),
    exemptAnswerMembers: ANSWERS_THAT_LEAVE_THE_MODEL,
    operations: {
      CreateGrant: new CreateGrant(state),
      CreateGrantVersion: new CreateGrantVersion(state),
      AcceptGrant: new AcceptGrant(state),
      RejectGrant: new RejectGrant(state),
      DeleteGrant: new DeleteGrant(state),
      GetGrant: new GetGrant(shown),
      ListDistributedGrants: new ListDistributedGrants(shown),
      ListReceivedGrants: new ListReceivedGrants(shown),
      ListReceivedGrantsForOrganization: new ListReceivedGrantsForOrganization(shown),
      ListReceivedLicenses: new ListReceivedLicenses(shown),
      ListReceivedLicensesForOrganization: new ListReceivedLicensesForOrganization(shown),
      GetLicense: new GetLicense(shown),
      GetServiceSettings: new GetServiceSettings(shown),
      UpdateServiceSettings: new UpdateServiceSettings(state),
      TagResource: new TagResource(state),
      UntagResource: new UntagResource(state),
      ListTagsForResource: new ListTagsForResource(shown),
    },
    invalidRequest,
  };
}
