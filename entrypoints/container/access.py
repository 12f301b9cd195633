"""Who may come in: users, sessions, keys, certificates, and what users keep of their own."""

from dependency_injector import containers, providers

from adapters.argon2.passwords import Argon2Passwords
from application.new_users import UserMaker
from application.opened_sessions import SessionMaker
from application.queries.list_api_keys import ListApiKeys
from application.queries.read_account import ReadAccount
from application.queries.read_profiles import ReadProfiles
from application.use_cases.add_user import AddUser
from application.use_cases.authenticate import Authenticate
from application.use_cases.create_api_key import CreateApiKey
from application.use_cases.delete_profile import DeleteProfile
from application.use_cases.expire_sessions import ExpireSessions
from application.use_cases.make_administrator import MakeAdministrator
from application.use_cases.make_certificates import MakeCertificates
from application.use_cases.reset_password import ResetPassword
from application.use_cases.revoke_api_key import RevokeApiKey
from application.use_cases.save_profile import SaveProfile
from application.use_cases.set_plan import SetPlan
from application.use_cases.sign_in import SignIn
from application.use_cases.sign_out import SignOut
from application.use_cases.sign_up import SignUp
from application.use_cases.update_settings import UpdateSettings
from application.use_cases.welcome_local_user import WelcomeLocalUser
from domain.sign_in_attempts import AttemptLimit
from entrypoints.container.ground import Ground
from entrypoints.container.late import late


class Access(containers.DeclarativeContainer):
    certificates = providers.Singleton(late("adapters.x509.certificates", "X509Certificates"))
    make_certificates = providers.Factory(MakeCertificates, certificates, Ground.clock)

    passwords = providers.Singleton(Argon2Passwords)
    attempt_limit = providers.Singleton(AttemptLimit)
    sessions = providers.Factory(SessionMaker, clock=Ground.clock, randomness=Ground.randomness)
    authenticate = providers.Factory(
        Authenticate,
        reading=Ground.reading.provider,
        unit_of_work=Ground.unit_of_work.provider,
        retrying=Ground.retrying,
        clock=Ground.clock,
    )
    users = providers.Factory(UserMaker, clock=Ground.clock, passwords=passwords)
    sign_up = providers.Factory(
        SignUp,
        unit_of_work=Ground.unit_of_work.provider,
        retrying=Ground.retrying,
        users=users,
        sessions=sessions,
    )
    add_user = providers.Factory(
        AddUser, unit_of_work=Ground.unit_of_work.provider, retrying=Ground.retrying, users=users
    )
    reset_password = providers.Factory(
        ResetPassword,
        unit_of_work=Ground.unit_of_work.provider,
        retrying=Ground.retrying,
        passwords=passwords,
    )
    sign_in = providers.Factory(
        SignIn,
        unit_of_work=Ground.unit_of_work.provider,
        retrying=Ground.retrying,
        clock=Ground.clock,
        passwords=passwords,
        sessions=sessions,
        limit=attempt_limit,
    )
    sign_out = providers.Factory(
        SignOut, unit_of_work=Ground.unit_of_work.provider, retrying=Ground.retrying
    )
    create_api_key = providers.Factory(
        CreateApiKey,
        unit_of_work=Ground.unit_of_work.provider,
        retrying=Ground.retrying,
        clock=Ground.clock,
        randomness=Ground.randomness,
    )
    revoke_api_key = providers.Factory(RevokeApiKey, unit_of_work=Ground.unit_of_work.provider)
    list_api_keys = providers.Factory(ListApiKeys, Ground.reading.provider)
    expire_sessions = providers.Factory(
        ExpireSessions,
        unit_of_work=Ground.unit_of_work.provider,
        retrying=Ground.retrying,
        clock=Ground.clock,
        limit=attempt_limit,
    )
    read_account = providers.Factory(ReadAccount, Ground.reading.provider, Ground.clock)
    update_settings = providers.Factory(
        UpdateSettings, unit_of_work=Ground.unit_of_work.provider, retrying=Ground.retrying
    )
    set_plan = providers.Factory(
        SetPlan,
        unit_of_work=Ground.unit_of_work.provider,
        retrying=Ground.retrying,
        clock=Ground.clock,
    )
    make_administrator = providers.Factory(
        MakeAdministrator, unit_of_work=Ground.unit_of_work.provider, retrying=Ground.retrying
    )
    read_profiles = providers.Factory(ReadProfiles, Ground.reading.provider, Ground.profiles)
    save_profile = providers.Factory(
        SaveProfile,
        unit_of_work=Ground.unit_of_work.provider,
        catalogue=Ground.catalogue,
        profiles=Ground.profiles,
    )
    delete_profile = providers.Factory(DeleteProfile, unit_of_work=Ground.unit_of_work.provider)
    welcome_local_user = providers.Factory(
        WelcomeLocalUser,
        unit_of_work=Ground.unit_of_work.provider,
        retrying=Ground.retrying,
        clock=Ground.clock,
    )
