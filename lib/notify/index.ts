export { ChannelFailure, type Channel, type Sent } from './channel.ts';
