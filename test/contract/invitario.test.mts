/** Runs Invitario's contract table against the sandbox. */
import { INVITARIO_CONTRACT } from './invitario.contract.mts';
import { startInvitarioRig } from './invitario.rig.mts';
import { describeContract } from './support/describeContract.mts';

describeContract(INVITARIO_CONTRACT, startInvitarioRig);
