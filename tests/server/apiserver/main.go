// Apiserver is the part of kube-apiserver that serves custom resources, with an embedded etcd.
//
// The first argument is an empty folder for etcd, which nothing needs afterwards. Each further one
// names a server of its own, on a loopback port of its own, all in one etcd. When all of them are
// ready, one line of JSON on standard output says where each listens. The end of standard input
// ends the program, so that it never outlives who started it.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"time"

	"go.etcd.io/etcd/server/v3/embed"
	"golang.org/x/sync/errgroup"
	"k8s.io/apiextensions-apiserver/pkg/apiserver"
	"k8s.io/apiextensions-apiserver/pkg/cmd/server/options"
	generatedopenapi "k8s.io/apiextensions-apiserver/pkg/generated/openapi"
	utilruntime "k8s.io/apimachinery/pkg/util/runtime"
	"k8s.io/apimachinery/pkg/util/wait"
	"k8s.io/apiserver/pkg/authorization/authorizerfactory"
	openapinamer "k8s.io/apiserver/pkg/endpoints/openapi"
	genericapiserver "k8s.io/apiserver/pkg/server"
	"k8s.io/apiserver/pkg/util/openapi"
	"k8s.io/client-go/rest"
)

const startUp = 30 * time.Second

func main() {
	if err := run(os.Args[1], os.Args[2:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(folder string, names []string) error {
	endpoint, err := startEtcd(folder)
	if err != nil {
		return err
	}
	urls := make([]string, len(names))
	var group errgroup.Group
	for index, name := range names {
		group.Go(func() (err error) {
			urls[index], err = serve(endpoint, name)
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	ready := map[string]string{}
	for index, name := range names {
		ready[name] = urls[index]
	}
	if err := json.NewEncoder(os.Stdout).Encode(ready); err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, os.Stdin)
	return err
}

// startEtcd starts an etcd that keeps nothing beyond this run, and says where it listens.
func startEtcd(folder string) (string, error) {
	anyPort := []url.URL{{Scheme: "http", Host: "127.0.0.1:0"}}
	config := embed.NewConfig()
	config.Dir = folder
	config.LogLevel = "error"
	config.UnsafeNoFsync = true
	config.ListenClientUrls, config.AdvertiseClientUrls = anyPort, anyPort
	config.ListenPeerUrls, config.AdvertisePeerUrls = anyPort, anyPort
	config.InitialCluster = config.InitialClusterFromName(config.Name)
	store, err := embed.StartEtcd(config)
	if err != nil {
		return "", err
	}
	select {
	case <-store.Server.ReadyNotify():
		return "http://" + store.Clients[0].Addr().String(), nil
	case err := <-store.Err():
		return "", err
	case <-time.After(startUp):
		return "", fmt.Errorf("etcd was not ready in %s", startUp)
	}
}

// serve starts the server that keeps its objects below name, and says where it listens.
func serve(endpoint, name string) (string, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	address := listener.Addr().String()
	config, err := configure(endpoint, "/"+name, address)
	if err != nil {
		return "", err
	}
	server, err := config.Complete().New(genericapiserver.NewEmptyDelegate())
	if err != nil {
		return "", err
	}
	ctx := context.Background()
	prepared := server.GenericAPIServer.PrepareRun()
	front := &http.Server{Handler: front(server), ReadHeaderTimeout: startUp}
	go func() { utilruntime.HandleError(front.Serve(listener)) }()
	go func() { utilruntime.HandleError(prepared.RunWithContext(ctx)) }()
	err = wait.PollUntilContextTimeout(ctx, 20*time.Millisecond, startUp, true, isReady(address))
	return "http://" + address, err
}

// configure makes a server without what only a whole cluster has: users, admission, namespaces.
func configure(endpoint, prefix, address string) (*apiserver.Config, error) {
	chosen := options.NewCustomResourceDefinitionsServerOptions(io.Discard, os.Stderr)
	etcd := chosen.RecommendedOptions.Etcd
	etcd.StorageConfig.Prefix = prefix
	etcd.StorageConfig.Transport.ServerList = []string{endpoint}
	if err := chosen.Complete(); err != nil {
		return nil, err
	}
	config := genericapiserver.NewRecommendedConfig(apiserver.Codecs)
	config.LoopbackClientConfig = &rest.Config{Host: "http://" + address, QPS: -1}
	definitions := openapi.GetOpenAPIDefinitionsWithoutDisabledFeatures(generatedopenapi.GetOpenAPIDefinitions)
	namer := openapinamer.NewDefinitionNamer(apiserver.Scheme)
	config.OpenAPIConfig = genericapiserver.DefaultOpenAPIConfig(definitions, namer)
	config.OpenAPIV3Config = genericapiserver.DefaultOpenAPIV3Config(definitions, namer)
	if err := chosen.ServerRunOptions.ApplyTo(&config.Config); err != nil {
		return nil, err
	}
	config.ExternalAddress = address
	config.Authorization.Authorizer = authorizerfactory.NewAlwaysAllowAuthorizer()
	if err := etcd.ApplyTo(&config.Config); err != nil {
		return nil, err
	}
	resources := apiserver.DefaultAPIResourceConfigSource()
	if err := chosen.APIEnablement.ApplyTo(&config.Config, resources, apiserver.Scheme); err != nil {
		return nil, err
	}
	getter := options.NewCRDRESTOptionsGetter(*etcd, config.ResourceTransformers, config.StorageObjectCountTracker)
	extra := apiserver.ExtraConfig{CRDRESTOptionsGetter: getter, MasterCount: 1}
	return &apiserver.Config{GenericConfig: config, ExtraConfig: extra}, nil
}

// front answers what kube-apiserver's aggregator answers in a cluster: which groups there are.
func front(server *apiserver.CustomResourceDefinitions) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/", server.GenericAPIServer.Handler)
	mux.Handle("/apis", server.GenericAPIServer.AggregatedDiscoveryGroupManager)
	return mux
}

func isReady(address string) wait.ConditionWithContextFunc {
	return func(ctx context.Context) (bool, error) {
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+address+"/readyz", nil)
		if err != nil {
			return false, err
		}
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			return false, nil
		}
		response.Body.Close()
		return response.StatusCode == http.StatusOK, nil
	}
}
