/*
 * Secrets as the manuals of programs and services place them: `§` stands for the secret. The lists came after the rules.
 * Those with odd numbers were held out while the rules were tuned on the others, and 95.6 % of them were redacted. What
 * survived of them has been fixed since, so that a new measurement needs new lists. Of a second list of 870 the rules caught
 * 88 %; those that show what was missing end these lists.
 */

/** Values that people and generators choose; each list is tried with all of them. */
export const VALUES = [
  "Tr0ub4dor!3xq",
  "hJ8kQ2vLmZ5tR9wYb4Nc",
  "9f86d081884c7d659a2feaa0c55ad015",
  "xK9/pl+3QmT7aVb2==",
];

export const ENVIRONMENT = lines(`
ORACLE_DSN=u/§@h:1521/s
APP_DB_CONNECT=u/§@h
NETRC=machine h login u password §
MONGO_INITDB_ROOT_PASSWORD=§
POSTGRES_PASSWORD=§
MYSQL_ROOT_PASSWORD=§
RABBITMQ_DEFAULT_PASS=§
RESTIC_PASSWORD=§
BORG_PASSPHRASE=§
RCLONE_CONFIG_PASS=§
RCLONE_CONFIG_S3_SECRET_ACCESS_KEY=§
RSYNC_PASSWORD=§
LFTP_PASSWORD=§
SMTP_PASSWORD=§
MAIL_PASS=§
ANSIBLE_VAULT_PASSWORD=§
ANSIBLE_BECOME_PASS=§
TF_VAR_db_password=§
TF_TOKEN_app_terraform_io=§
VAULT_SECRET_ID=§
CONSUL_HTTP_TOKEN=§
NOMAD_TOKEN=§
NPM_TOKEN=§
NODE_AUTH_TOKEN=§
TWINE_PASSWORD=§
PYPI_API_TOKEN=§
POETRY_PYPI_TOKEN_PYPI=§
CARGO_REGISTRY_TOKEN=§
GEM_HOST_API_KEY=§
NUGET_API_KEY=§
ANTHROPIC_API_KEY=§
HUGGING_FACE_HUB_TOKEN=§
HUGGINGFACEHUB_API_TOKEN=§
COMET_API_KEY=§
NEPTUNE_API_TOKEN=§
MLFLOW_TRACKING_PASSWORD=§
NGC_API_KEY=§
REPLICATE_API_TOKEN=§
AZURE_CLIENT_SECRET=§
AZURE_DEVOPS_EXT_PAT=§
ARM_CLIENT_SECRET=§
ARM_ACCESS_KEY=§
AWS_SECRET_KEY=§
CLOUDFLARE_API_KEY=§
DIGITALOCEAN_ACCESS_TOKEN=§
HEROKU_API_KEY=§
LINODE_TOKEN=§
SLACK_BOT_TOKEN=§
SLACK_SIGNING_SECRET=§
TELEGRAM_BOT_TOKEN=§
TWILIO_AUTH_TOKEN=§
SENDGRID_API_KEY=§
MAILGUN_API_KEY=§
STRIPE_SECRET_KEY=§
STRIPE_WEBHOOK_SECRET=§
DJANGO_SECRET_KEY=§
SECRET_KEY_BASE=§
FLASK_SECRET=§
JWT_SECRET=§
SESSION_SECRET=§
ENCRYPTION_KEY=§
NEXTAUTH_SECRET=§
GRAFANA_PASSWORD=§
GF_SECURITY_ADMIN_PASSWORD=§
ELASTIC_PASSWORD=§
REDISCLI_AUTH=§
REDIS_PASSWORD=§
IPMI_PASSWORD=§
SNMP_COMMUNITY=§
KRB5_PASSWORD=§
SINGULARITY_DOCKER_PASSWORD=§
APPTAINER_DOCKER_PASSWORD=§
OS_APPLICATION_CREDENTIAL_SECRET=§
SQLCMDPASSWORD=§
SNOWSQL_PWD=§
CLICKHOUSE_PASSWORD=§
HGPASS=§
SVN_PASSWORD=§
GITLAB_PRIVATE_TOKEN=§
BITBUCKET_APP_PASSWORD=§
JIRA_API_TOKEN=§
SONAR_TOKEN=§
CODECOV_TOKEN=§
SNYK_TOKEN=§
DD_API_KEY=§
NEW_RELIC_LICENSE_KEY=§
PAGERDUTY_TOKEN=§
OPSGENIE_API_KEY=§
PLAID_SECRET=§
WIFI_PSK=§
PGP_PASSPHRASE=§
PASSPHRASE=§
MINIO_ROOT_PASSWORD=§
GOOGLE_CREDENTIALS={"type":"service_account","private_key":"§","client_id":"1"}
KUBE_CONFIG_DATA=users: [{name: a, user: {token: "§"}}]
SERVICE_BUS=Endpoint=sb://x.example/;SharedAccessKeyName=root;SharedAccessKey=§
SQL_CONNECTION=Server=h;Database=d;User Id=u;Password=§;Encrypt=true
CELERY_BROKER_URL=amqp://u:§@h:5672//
SQLALCHEMY_DATABASE_URI=mysql+pymysql://u:§@h/d
http_proxy=http://u:§@proxy:3128
CONDA_CHANNEL_ALIAS=https://u:§@repo.example/conda
GOPROXY=https://u:§@proxy.example
SPRING_APPLICATION_JSON={"spring":{"datasource":{"password":"§"}}}
JAVA_TOOL_OPTIONS=-Djavax.net.ssl.trustStorePassword=§ -Xmx1g
MAVEN_OPTS=-Drepo.password=§
TERRAFORM_CONFIG={\\"credentials\\":{\\"token\\":\\"§\\"}}
LDAP_BINDPW=§
HTTP_HEADERS=Authorization: Bearer §, X-Foo: a
AUTH_HEADER=Bearer §
REMOTE_URL=https://x-access-token:§@github.com/a/b
KAFKA_SASL_JAAS=org.example.Module required username="u" password="§";
SLURM_EXPORT_ENV=ALL,DB_PASSWORD=§
KUBE_ENV=[{"name":"DB_PASSWORD","value":"§"}]
NOTIFY=https://api.telegram.org/bot123456:§/sendMessage
CALLBACK=https%3A%2F%2Fh%2F%3Faccess_token%3D§
RSYNC_RSH=sshpass -p § ssh
GIT_SSH_COMMAND=sshpass -p § ssh -o X=y
BACKUP_CMD=mysqldump -uroot -p§ shop
CRON_JOB=curl -su admin:§ https://h/ping
BORG_PASSCOMMAND=echo §
BASH_FUNC_login%%=() {  curl -u u:§ https://h; }
EXTRA_ARGS=--token § --verbose
JDBC_URL=jdbc:oracle:thin:u/§@h:1521:s
DSN=u:§@tcp(h:3306)/d
SEED_PHRASE=§
DB_PSWD=§
ARTIFACTORY_PSW=§
USER_PASSWRD=§
DB_PWORD=§
AUTHORIZATION_CODE=§
`);

export const COMMANDS = lines(`
mysqldump -h db -uroot -p§ shop
mysqladmin --user=root --password=§ status
mariadb -p§ -e select
mongo admin -u root -p § --eval x
mongodump --uri=mongodb://u:§@h/db
redis-cli -h h -a § ping
redis-cli CONFIG SET requirepass §
redis-server --requirepass §
cqlsh -u cassandra -p § h
sqlcmd -S h -U sa -P § -Q x
bcp t out f -U u -P § -S h
isql dsn user §
sqlplus -s hr/§@orcl
impdp system/§ directory=d
influx -username admin -password § -execute x
clickhouse-client --user u --password § -q x
cypher-shell -u neo4j -p § x
beeline -u jdbc:hive2://h -n u -p §
curl -sSu admin:§ https://h/api
curl --user admin:§ -T f ftp://h
curl -H |X-Auth-Token: §| https://h
curl -H |Authorization: token §| https://api
curl --header |apikey: §| https://h
curl -H |Private-Token: §| https://gitlab
curl -d |grant_type=password&username=u&password=§| https://h/token
curl -d |{"username":"u","password":"§"}| https://h
curl -F client_secret=§ https://h
curl --proxy-user u:§ https://h
curl -b session=§ https://h
curl --oauth2-bearer § https://h
curl https://api.example/v1?apikey=§&q=1
curl https://storage.example/f?sv=2020&sig=§
curl https://hooks.slack.com/services/T00/B00/§
wget --user u --password § https://h
wget --header |Authorization: Bearer §| https://h
wget https://u:§@h/f
http -a u:§ GET h
docker login -u u -p § registry
podman login --username u --password § registry
skopeo copy --src-creds u:§ docker://a dir:b
docker run -eMYSQL_ROOT_PASSWORD=§ mysql
docker build --build-arg NPM_TOKEN=§ .
kubectl config set-credentials u --token=§
kubectl create secret generic s --from-literal=api=§
kubectl create secret docker-registry r --docker-password=§
oc login -u u -p § https://h
helm upgrade r c --set mysql.rootPassword=§
helm registry login r -u u -p §
az login --service-principal -u id -p § --tenant t
az storage blob list --account-key §
aws secretsmanager create-secret --name n --secret-string §
aws configure set aws_session_token §
gcloud sql users set-password u --password=§
gh secret set NAME --body §
git config user.password §
git clone https://u:§@h/r.git
git -c |http.extraheader=AUTHORIZATION: basic §| fetch
svn co --username u --password § https://h
ldapsearch -x -D cn=a -w § -b dc=x
ldappasswd -s § uid=u
smbclient //h/s -U dom/u%§
mount -t cifs //h/s /m -o user=u,pass=§,vers=3
rpcclient -U u%§ h
htpasswd -nb u §
htpasswd -bc f u §
openssl pkcs12 -export -passout pass:§ -in a
openssl enc -aes-256-cbc -pass pass:§ -in a
openssl dgst -hmac § f
openssl passwd -6 §
gpg --batch --passphrase § -c f
7z x -p§ a.7z
zip -P § -r a.zip d
unzip -P § a.zip
rar a -hp§ a.rar d
sshpass -p§ ssh h
sshpass -p § rsync a b
ssh-keygen -t ed25519 -N § -f k
plink -pw § h ls
lftp -u u,§ sftp://h
kinit --password=§ u
kadmin -p a/admin -w § -q x
ipmitool -I lanplus -H h -U u -P § chassis status
snmpwalk -v2c -c § h
snmpget -v3 -u u -A § -X § h
xfreerdp /u:u /p:§ /v:h
ansible-playbook p.yml -e ansible_password=§
ansible-playbook p.yml --extra-vars |db_pass=§ x=1|
ansible-vault encrypt_string § --name n
vault kv put secret/a value=§
vault write auth/approle/login role_id=r secret_id=§
vault unseal §
consul kv get -token=§ k
terraform plan -var |api_token=§|
packer build -var password=§ t.json
rclone copy a b --s3-secret-access-key §
rclone config create r webdav pass §
restic -r rest:https://u:§@h/ backup
rsync a rsync://u:§@h/m
npm config set //registry.npmjs.org/:_authToken §
npm publish --otp=§
twine upload -u u -p § dist/a
poetry config pypi-token.pypi §
pip install -i https://u:§@h/simple p
cargo publish --token §
dotnet nuget push p --api-key §
keytool -genkey -storepass § -keypass §
jarsigner -storepass § a.jar k
java -Dspring.datasource.password=§ -jar a.jar
spark-submit --conf spark.hadoop.fs.s3a.secret.key=§ a.py
mvn deploy -Drepo.password=§
gradle publish -PmavenPassword=§
wandb login §
huggingface-cli login --token §
python train.py --hf_token § --lr 1
python train.py --hub_token=§
python app.py --api_key=§ --secret-key §
jupyter notebook --NotebookApp.password=§
ngrok authtoken §
tailscale up --authkey=§
heroku config:set SECRET_KEY=§
nmcli dev wifi connect ssid password §
nmcli con modify c wifi-sec.psk §
mosquitto_pub -h h -u u -P § -t t -m m
rabbitmqctl add_user u §
swaks --to a --auth-user u --auth-password §
mc alias set a http://h ak §
s3cmd --secret_key=§ ls
bw unlock §
samba-tool user setpassword u --newpassword=§
useradd -p § u
cryptsetup luksOpen --passphrase § d
psql |postgresql://h/d?user=u&password=§|
psql -c |ALTER USER u WITH PASSWORD '§'|
mysql -e |CREATE USER u IDENTIFIED BY '§'|
bash -c |PGPASSWORD=§ psql -h h|
bash -c |curl -u u:§ https://h|
bash -lc |sshpass -p '§' ssh h|
sh -c |mysql -uroot -p§ < a.sql|
sh -c |export TOKEN="§" && ./run|
sh -c |docker login -u u -p "§" r|
ssh h |mysql -p§ db|
srun --export=HF_TOKEN=§,PATH ./a
srun -n 4 env WANDB_API_KEY=§ python t.py
sbatch --wrap |python t.py --token §|
sbatch --export=ALL,API_KEY=§ job.sh
env DB_PASS=§ ./run
sudo -u u mysql -p§
nice -n 5 curl -u u:§ h
apptainer exec --env TOKEN=§ i.sif a
apptainer pull --docker-password § docker://r/i
mpirun -x DB_PASSWORD=§ ./a
tool --config |password: §|
tool --json |{\\"token\\":\\"§\\"}|
tool |<password>§</password>|
tool --dsn |host=h password=§ dbname=d|
tool --db postgres%3A%2F%2Fu%3A§%40h%2Fd
tool -token §
mysqlsh u:§@h:3306
redis-cli -h h AUTH u §
ansible-playbook -e |{"become_pass":"§"}| p.yml
bash -c |TOKEN='§'; curl h|
python -c |connect(host="h", password="§")|
tool |{"secrets":["§"]}|
tool |<add key="password" value="§"/>|
tool %22token%22%3A%22§%22
docker exec c mysql -uroot -p§
timeout 5 sshpass -p § ssh h
tool --auth-key=§
tool --client_secret §
tool --access-token §
tool --passphrase=§
tool --credentials u:§
tool --jwt §
tool --encryption-key=§
tool --proxy http://u:§@h:1
smbclient //h/share §
smbclient //h/share § -U u
net use X: \\\\h\\share § /user:u
net use \\\\h\\share §
poetry config http-basic.repo u §
expdp userid=u/§@h:1521/s directory=d
perl -MDBI -e |DBI->connect("dbi:mysql:d", "u", "§")|
php -r |mysqli_connect('h', 'u', '§');|
curl --netrc-file |machine h login u password §|
sbatch |--wrap=mysql -p§ d|
rsync |--rsh=sshpass -p § ssh| a b
ssh -o |ProxyCommand=sshpass -p § ssh j| h
./bin/mysql -p§ d
mysqldump-8.0 -p§ d
mysql.real -p§ d
bash -c |(mysql -p§ d)|
bash -c |x=$(curl -u u:§ h); y|
bash -c |x=\`mysql -p§ d\`|
bash -c |sudo -S ls <<< "§"|
bash -c |kinit u <<< §|
ssh h |sudo -S x <<<'§'|
expect -c |spawn ssh h; expect "assword:"; send "§\\r"; interact|
mpirun -genv DB_PASS § ./a
csh -c |setenv TOKEN §; ./x|
tool --set db.password §
matlab -batch |setenv('TOKEN','§'); run|
python -c |os.environ.setdefault("API_KEY", "§")|
python -c |requests.get("https://h", auth=("u", "§"))|
python -c |ftp.login("u", "§")|
perl -e |$ENV{TOKEN} = "§";|
Rscript -e |token <- "§"|
mongo --eval |db.auth("u","§")|
curl -H |Authorization: OAuth §| https://h
java -jar jenkins-cli.jar -auth u:§ list-jobs
lftp -c |open -u u,§ sftp://h; mirror d|
kadmin.local -q |cpw -pw § u|
cvs -d :pserver:u:§@h:/r co x
qpdf --encrypt § § 256 -- a b
mysqladmin -u root password §
ipa-client-install -p u -w § -U
ktutil -k f add -p u -w §
p4 -u u -P § login
wbinfo -a u%§
ansible-vault encrypt_string --name x §
ansible-playbook -e |ansible_become_pass=§ x=1| p.yml
uv publish -u u -p § d
pulumi config set --secret dbPassword §
vault token lookup §
cloudflared service install §
openconnect -C § h
ascp -i k -W § a b
davix-put --s3secretkey § --s3accesskey a f s3s://b
globus login --auth-code §
kaggle config set -n key -v §
mc config host add m http://h ak §
conda token set §
wpa_cli set_network 0 psk §
`);

function lines(text) {
  return text.trim().split("\n");
}

/** The arguments of a line: `|…|` is one. */
export function argumentsOf(line) {
  return line.match(/\|[^|]*\||\S+/g).map((word) => word.replaceAll("|", ""));
}
