// Run by mongosh (compose.yaml, mongo-setup). May be repeated without harm.
const MEMBERS = ['mongo1:27017', 'mongo2:27017', 'mongo3:27017'];
const { MONGODB_ROOT_PASSWORD, MONGODB_DESK_PASSWORD } = process.env;
const root = `root:${encodeURIComponent(MONGODB_ROOT_PASSWORD)}`;
const options = 'authSource=admin&serverSelectionTimeoutMS=60000';
const ALREADY_INITIALIZED = 23;
const ALREADY_EXISTS = 51003;

const first = connect(`mongodb://${root}@${MEMBERS[0]}/admin?directConnection=true&${options}`);
try {
  first.adminCommand({
    replSetInitiate: { _id: 'desk', members: MEMBERS.map((host, _id) => ({ _id, host })) },
  });
} catch (error) {
  if (error.code !== ALREADY_INITIALIZED) throw error;
}

// Waits until a primary is elected.
const desk = connect(`mongodb://${root}@${MEMBERS.join(',')}/vssid?replicaSet=desk&${options}`);
const user = {
  pwd: MONGODB_DESK_PASSWORD,
  roles: [
    { role: 'readWrite', db: 'vssid' },
    { role: 'dbAdmin', db: 'vssid' },
  ],
};
try {
  desk.createUser({ user: 'desk', ...user });
} catch (error) {
  if (error.code !== ALREADY_EXISTS) throw error;
  desk.updateUser('desk', user);
}
print('the replica set is ready');
